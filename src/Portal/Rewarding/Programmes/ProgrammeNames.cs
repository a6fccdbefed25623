using RewardsEngine.Conditions;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding.Programmes;

/// <summary>What people call the keys that conditions speak of.</summary>
public static class ProgrammeNames
{
    private static readonly Dictionary<string, LocalizedText> ProfileFields = new(StringComparer.Ordinal)
    {
        ["birthday"] = new("tanggal lahir", "birthday"),
        ["phone"] = new("nomor telepon", "phone number"),
        ["address"] = new("alamat", "address"),
        ["interests"] = new("minat", "interests"),
        ["channel"] = new("cara dihubungi", "preferred channel"),
        ["company"] = new("data perusahaan", "company"),
    };

    /// <summary>For the engine's wording: the display name of a key, or null to show the key.</summary>
    public static Func<Field, string, string?> In(Programme programme, string language) => (field, key) => field.Name switch
    {
        "customer.tier" => programme.Tiers.FirstOrDefault(t => t.Key == key)?.Name.In(language),
        "event.field" => ProfileFields.GetValueOrDefault(key)?.In(language),
        _ when programme.CodeNames.FirstOrDefault(c => c.Code == key) is { } known => known.Name.In(language),
        "line.category" => key[(key.LastIndexOf('/') + 1)..].Replace('-', ' '), // drinks/coffee: people say coffee
        _ => null,
    };
}
