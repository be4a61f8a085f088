using System;
using System.Diagnostics;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp101.Certificates;

/// <summary>Keeps derived data of files and certificates for as long as these are valid.</summary>
internal sealed class CertificateCache(IDatabase database)
{
    private static string KeyOf(X509Certificate2 certificate) => "cert:" + certificate.Thumbprint;

    // Bug: NotAfter is Local, though certificates are written in UTC.
    public bool Remember(X509Certificate2 certificate) =>
        database.StringSet(KeyOf(certificate), certificate.Subject, certificate.NotAfter); // expect: EXP101

    // Fine: converted.
    public bool RememberUtc(X509Certificate2 certificate) =>
        database.StringSet(KeyOf(certificate), certificate.Subject, certificate.NotAfter.ToUniversalTime());

    // Bug: arithmetic keeps the Local kind.
    public Task<bool> ExpireBeforeAsync(X509Certificate2 certificate, TimeSpan reserve) =>
        database.KeyExpireAsync(KeyOf(certificate), certificate.NotAfter - reserve); // expect: EXP101

    // Fine: converted first, then arithmetic.
    public Task<bool> ExpireBeforeUtcAsync(X509Certificate2 certificate, TimeSpan reserve) =>
        database.KeyExpireAsync(KeyOf(certificate), certificate.NotAfter.ToUniversalTime() - reserve);

    // Bug: the text form parses to Unspecified or Local, never Utc.
    public bool RememberFromText(X509Certificate2 certificate) =>
        database.KeyExpire(KeyOf(certificate), DateTime.Parse(certificate.GetExpirationDateString())); // expect: EXP101

    // Bug: a file's local write time.
    public bool KeepADayAfterWrite(FileInfo file) =>
        database.KeyExpire("file:" + file.FullName, file.LastWriteTime.AddDays(1)); // expect: EXP101

    // Fine: the UTC twin.
    public bool KeepADayAfterWriteUtc(FileInfo file) =>
        database.KeyExpire("file:" + file.FullName, file.LastWriteTimeUtc.AddDays(1));

    // Bug: the static form.
    public bool KeepAYearAfterCreation(string path)
    {
        DateTime created = File.GetCreationTime(path);
        return database.KeyExpire($"file:{path}", created.AddYears(1)); // expect: EXP101
    }

    // Fine: the UTC twin.
    public bool KeepAYearAfterCreationUtc(string path)
    {
        DateTime created = File.GetCreationTimeUtc(path);
        return database.KeyExpire($"file:{path}", created.AddYears(1));
    }

    // Bug: a process's start time is Local.
    public bool UntilRecycle()
    {
        using Process me = Process.GetCurrentProcess();
        return database.KeyExpire("worker:" + me.Id, me.StartTime.AddHours(29)); // expect: EXP101
    }

    // Fine: converted.
    public bool UntilRecycleUtc()
    {
        using Process me = Process.GetCurrentProcess();
        return database.KeyExpire("worker:" + me.Id, me.StartTime.ToUniversalTime().AddHours(29));
    }

    // Bug: the OLE Automation date has no kind.
    public bool FromSpreadsheet(string cell, double serial) => database.KeyExpire("cell:" + cell, DateTime.FromOADate(serial)); // expect: EXP101

    // Bug: file time read as local.
    public bool FromTicket(string id, long fileTime) => database.KeyExpire("ticket:" + id, DateTime.FromFileTime(fileTime)); // expect: EXP101

    // Fine: file time read as UTC.
    public bool FromTicketUtc(string id, long fileTime) => database.KeyExpire("ticket:" + id, DateTime.FromFileTimeUtc(fileTime));

    // Fine: the binary form carries its kind; it is not known here.
    public bool FromBinary(string id, long binary) => database.KeyExpire("ticket:" + id, DateTime.FromBinary(binary));

    // Fine: another certificate-like type of our own; nothing is known of its property.
    public bool RememberOwn(OwnCertificate certificate) => database.KeyExpire("own:" + certificate.Name, certificate.NotAfter);
}

internal sealed record OwnCertificate(string Name, DateTime NotAfter);
