using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;

namespace CrowdGrains.Api.Tests.Positions;

/// <summary>A stream of positions whose lines are sent one by one, each at once.</summary>
internal sealed class OpenStream
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public OpenStream(ApiClient client) => Answer = client.SendAsync(HttpMethod.Post, "/v1/positions", new Lines(_lines.Reader));

    public Task<Answered> Answer { get; }

    public void Send(string line) => _lines.Writer.TryWrite(line);

    public Task<Answered> EndAsync()
    {
        _lines.Writer.TryComplete();
        return Answer;
    }

    private sealed class Lines : HttpContent
    {
        private readonly ChannelReader<string> _lines;

        public Lines(ChannelReader<string> lines)
        {
            _lines = lines;
            Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            await foreach (string line in _lines.ReadAllAsync(TestContext.Current.CancellationToken))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), TestContext.Current.CancellationToken);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
