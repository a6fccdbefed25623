using RewardsEngine.Conditions;
using RewardsEngine.Programs;

namespace Portal.Rewarding.Programmes;

/// <summary>What people call the keys that conditions speak of.</summary>
public static class ProgrammeNames
{
    /// <summary>For the engine's wording: the display name of a key, or null to show the key.</summary>
    public static Func<Field, string, string?> In(Programme programme, string language) => (field, key) =>
        field.Name == "customer.tier" ? programme.Tiers.FirstOrDefault(t => t.Key == key)?.Name.In(language) : null;
}
