using System.Globalization;
using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Books;
using CrowdGrains.CrashCampaign.Calls;
using CrowdGrains.CrashCampaign.Crowds;

namespace CrowdGrains.CrashCampaign.Runs;

/// <summary>Everybody who calls the server.</summary>
internal sealed class Population
{
    private readonly Device[] _devices;
    private readonly Customer[] _customers;

    public Population(CampaignOptions options, Courier staff, Book book, Gate gate)
    {
        _devices =
        [
            .. Enumerable.Range(1, options.Helpers).Select(number => new Device(
                string.Create(CultureInfo.InvariantCulture, $"h{number}"), number % 2 == 0 ? Tier.Friend : Tier.Technician, number / 2 % options.Towns, staff, book, gate, Draws(number))),
        ];
        _customers =
        [
            .. Enumerable.Range(1, options.Customers).Select(number => new Customer(
                string.Create(CultureInfo.InvariantCulture, $"c{number}"), number % options.Towns, staff, book, gate, Draws(-number))),
        ];

        // Each its own: one draw more here moves nothing there.
        Random Draws(int who) => new((options.Seed * 1000) + who);
    }

    public Task RunAsync(CancellationToken cancellation) =>
        Task.WhenAll([.. _devices.Select(device => device.RunAsync(cancellation)), .. _customers.Select(customer => customer.RunAsync(cancellation))]);

    /// <summary>Nothing new is begun, and what is open is brought to its end.</summary>
    public void Settle()
    {
        foreach (Customer customer in _customers)
        {
            customer.IsSatisfied = true;
        }

        foreach (Device device in _devices)
        {
            device.IsDiligent = true;
        }
    }
}
