using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Notifications.Sending;

[assembly: AssemblyFixture(typeof(Notifications.Tests.SmtpPackages))]

namespace Notifications.Tests;

/// <summary>The npm packages of the SMTP server, installed once per run of the tests.</summary>
public sealed class SmtpPackages
{
    public SmtpPackages()
    {
        var source = Path.Combine(Path.GetDirectoryName(ThisFile())!, "smtp");
        Folder = Path.GetFullPath(Path.Combine(source, "..", "..", "..", "artifacts", "smtp"));
        Directory.CreateDirectory(Folder);
        foreach (var name in new[] { "package.json", "server.mjs" }) File.Copy(Path.Combine(source, name), Path.Combine(Folder, name), overwrite: true);
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "mailparser"))) Install();
        Certificate();
    }

    public string Folder { get; }

    public string? Missing { get; private set; }

    public string CertificateFile => Path.Combine(Folder, "localhost.crt");

    public string KeyFile => Path.Combine(Folder, "localhost.key");

    private void Install()
    {
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", "install --no-audit --no-fund") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = npm.StandardOutput.ReadToEndAsync();
            var errors = npm.StandardError.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode != 0) Missing = $"npm install failed: {output.Result} {errors}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Missing = "npm is not installed, so no SMTP server can be started.";
        }
    }

    private void Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

/// <summary>One running SMTP server and what it has seen.</summary>
public sealed class SmtpPeer : IDisposable
{
    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Process _process;
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SmtpPackages _packages;
    private readonly MailSecurity _security;

    public SmtpPeer(SmtpPackages packages, MailSecurity security, string? user = null, string? password = null, string[]? methods = null)
    {
        Assert.SkipWhen(packages.Missing is not null, packages.Missing ?? "");
        (_packages, _security) = (packages, security);
        var settings = JsonSerializer.Serialize(new
        {
            security = security.ToString(),
            key = packages.KeyFile,
            cert = packages.CertificateFile,
            user,
            password,
            methods,
        });
        _process = Start(settings);
    }

    public IReadOnlyList<JsonElement> Mails => [.. Of("mail")];

    /// <summary>Waits until the server has told of so many mails; it tells after it has answered.</summary>
    public async Task HasAsync(int mails)
    {
        for (var tries = 0; tries < 250 && Mails.Count < mails; tries++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    public int Connections => Of("connect").Count();

    public string AuthMethod => Of("auth").Last().GetProperty("method").GetString()!;

    /// <summary>Options that reach this server.</summary>
    public async Task<MailOptions> OptionsAsync() => new()
    {
        Host = "localhost",
        Port = await _port.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken),
        Security = _security,
        TrustedCertificates = _packages.CertificateFile,
        From = "portal@kopi.example",
        FromMarketing = "offers@kopi.example",
        TimeoutSeconds = 10,
    };

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private Process Start(string settings)
    {
        var info = new ProcessStartInfo("node")
        {
            WorkingDirectory = _packages.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.ArgumentList.Add("server.mjs");
        info.ArgumentList.Add(settings);
        var process = new Process { StartInfo = info, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => { if (line.Data is { } text) _errors.Enqueue(text); };
        process.Exited += (_, _) => _port.TrySetException(new InvalidOperationException($"The SMTP server ended. {string.Join(' ', _errors)}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private IEnumerable<JsonElement> Of(string kind) => _events.Where(e => e.GetProperty("event").GetString() == kind);

    private void Hear(string? line)
    {
        if (line is null) return;
        var heard = JsonDocument.Parse(line).RootElement;
        _events.Enqueue(heard);
        if (heard.GetProperty("event").GetString() == "listening") _port.TrySetResult(heard.GetProperty("port").GetInt32());
    }
}
