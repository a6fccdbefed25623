using Portal.Identity;
using Tests.Shared;

namespace EndToEnd.Tests;

/// <summary>The people, purchases, vouchers and cases that the pages are shown with.</summary>
public sealed class Scene
{
    private readonly Dictionary<Persona, string> _emails = [];

    /// <summary>How the portal of these tests is configured.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>The sign-in address of a persona, null for nobody.</summary>
    public string? EmailOf(Persona persona) => _emails.GetValueOrDefault(persona);

    /// <summary>A value for every route parameter. A page with a new one needs a line here.</summary>
    private readonly Dictionary<string, string> _samples = [];

    /// <summary>Where a page is found, with something real in the place of its parameters.</summary>
    public string Address(PortalPage page) => page.Template.Contains('{')
        ? _samples.GetValueOrDefault(page.Template) ?? throw new InvalidOperationException($"Scene names no sample address for {page.Template}.")
        : page.Template;

    /// <summary>The sample address of a template, or null where none is named.</summary>
    public string? SampleFor(string template) => _samples.GetValueOrDefault(template);

    /// <summary>Addresses of things that belong to <see cref="Persona.Customer"/> alone.</summary>
    public IReadOnlyList<string> OwnedByCustomer =>
        [.. PageList.All.Where(p => p.Policy == Policies.Customer && p.Template.Contains('{')).Select(Address)];

    public static async Task<Scene> SetAsync(PortalServer server)
    {
        var scene = new Scene();
        foreach (var role in Roles.All)
        {
            await server.StaffAsync(role);
            scene._emails[Enum.Parse<Persona>(role, ignoreCase: true)] = $"{role}@staff.test";
        }
        scene._emails[Persona.Customer] = (await server.CustomerAsync(m => m.Name = "Ayu Lestari")).Member.Email!;
        scene._emails[Persona.OtherCustomer] = (await server.CustomerAsync(m => m.Name = "Bima Putra")).Member.Email!;
        return scene;
    }
}
