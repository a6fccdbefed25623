using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Portal.Platform;

/// <summary>
/// The address people open. Never taken from a request's Host header: a link in a password mail must not lead where a stranger's request said.
/// </summary>
public sealed class PublicAddress(IOptions<PortalOptions> options, IServiceProvider services)
{
    /// <summary><c>Portal:PublicUrl</c>, else the first address the server listens on. No slash at the end.</summary>
    public string Base => (options.Value.PublicUrl is { Length: > 0 } configured ? configured : Listening()).TrimEnd('/');

    /// <summary>A path of this portal, beginning with a slash, as an address for a mail or a QR code.</summary>
    public string Of(string path) => path.StartsWith('/') ? Base + path : throw new ArgumentException("The path must begin with a slash.", nameof(path));

    private string Listening()
    {
        var addresses = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses;
        var address = addresses?.OrderByDescending(a => a.StartsWith("https:", StringComparison.Ordinal)).FirstOrDefault() ?? "http://localhost";
        return address.Replace("://+", "://localhost").Replace("://*", "://localhost").Replace("://[::]", "://localhost").Replace("://0.0.0.0", "://localhost");
    }
}
