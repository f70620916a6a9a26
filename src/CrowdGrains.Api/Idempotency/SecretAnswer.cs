using System.Security.Cryptography;
using System.Text;
using CrowdGrains.Api.Calls;

namespace CrowdGrains.Api.Idempotency;

/// <summary>
/// Marks an endpoint whose answer holds a secret that is shown once. The answer is kept for repeats all the same, but sealed with the
/// caller's own key, of which the store has only the hash: who reads the store does not read the secret.
/// </summary>
internal sealed class SecretAnswer
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static byte[] Seal(ReadOnlySpan<byte> body, ReadOnlySpan<char> key, Operation operation)
    {
        byte[] sealedBody = new byte[NonceLength + TagLength + body.Length];
        RandomNumberGenerator.Fill(sealedBody.AsSpan(0, NonceLength));
        using AesGcm cipher = Cipher(key, operation);
        cipher.Encrypt(
            sealedBody.AsSpan(0, NonceLength), body, sealedBody.AsSpan(NonceLength + TagLength), sealedBody.AsSpan(NonceLength, TagLength));
        return sealedBody;
    }

    /// <exception cref="CryptographicException">It was sealed with another key, or changed.</exception>
    public static byte[] Open(ReadOnlySpan<byte> sealedBody, ReadOnlySpan<char> key, Operation operation)
    {
        byte[] body = new byte[sealedBody.Length - NonceLength - TagLength];
        using AesGcm cipher = Cipher(key, operation);
        cipher.Decrypt(sealedBody[..NonceLength], sealedBody[(NonceLength + TagLength)..], sealedBody.Slice(NonceLength, TagLength), body);
        return body;
    }

    private static AesGcm Cipher(ReadOnlySpan<char> key, Operation operation)
    {
        byte[] secret = new byte[Encoding.UTF8.GetByteCount(key)];
        Encoding.UTF8.GetBytes(key, secret);
        return new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, operation.Seed.ToArray(), "kept answer"u8.ToArray()), TagLength);
    }
}
