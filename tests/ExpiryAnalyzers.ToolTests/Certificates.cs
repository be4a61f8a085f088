using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ExpiryAnalyzers.Tests;

/// <summary>An authority that no machine knows, and a server's certificate of it.</summary>
internal static class Certificates
{
    public const string Password = "secret";

    /// <summary>Writes <c>ca.pem</c>, and the server's <c>server.pem</c>, <c>server.key</c> and <c>server.pfx</c>.</summary>
    public static void Write(string folder)
    {
        using RSA authorityKey = RSA.Create(2048);
        CertificateRequest authorityRequest = RequestFor("expiry-tests", authorityKey);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 authority = authorityRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));

        using RSA serverKey = RSA.Create(2048);
        CertificateRequest serverRequest = RequestFor("127.0.0.1", serverKey);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        serverRequest.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = serverRequest.Create(authority, now.AddDays(-1), now.AddDays(1), [1, 2, 3, 4]);
        using X509Certificate2 server = certificate.CopyWithPrivateKey(serverKey);

        File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.pem"), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), serverKey.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(Path.Combine(folder, "server.pfx"), server.Export(X509ContentType.Pfx, Password));
    }

    private static CertificateRequest RequestFor(string name, RSA key) =>
        new($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
