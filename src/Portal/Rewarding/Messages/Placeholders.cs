using System.Text.RegularExpressions;
using RewardsEngine.Activities;

namespace Portal.Rewarding.Messages;

/// <summary>A word in braces that is filled in when a message is written: <c>{points}</c>.</summary>
/// <param name="Name">Without braces.</param>
/// <param name="Triggers">The events that have it; empty: all.</param>
/// <param name="NeedsVoucher">Only where the same rule issues a voucher.</param>
public sealed record Placeholder(string Name, IReadOnlyList<string> Triggers, bool NeedsVoucher = false)
{
    public bool IsFor(string trigger) => Triggers.Count == 0 || Triggers.Contains(trigger);
}

/// <summary>The words that message texts may use. The greeting with the name stands before every text by itself.</summary>
public static partial class Placeholders
{
    public static readonly IReadOnlyList<Placeholder> All =
    [
        new("programme", []),
        new("points", []),
        new("balance", []),
        new("tier", []),
        new("voucher", [], NeedsVoucher: true),
        new("voucher_code", [], NeedsVoucher: true),
        new("voucher_until", [], NeedsVoucher: true),
        new("total", [ActivityTypes.Purchase]),
        new("amount", [ActivityTypes.Payment]),
        new("years", [ActivityTypes.Anniversary]),
        new("expiring_points", [ActivityTypes.PointsExpiring]),
        new("last_day", [ActivityTypes.PointsExpiring]),
        new("days", [ActivityTypes.CustomerLapsing]),
    ];

    /// <summary>The names used in a text, in order, each once; a brace without a name counts as the name <c>{</c>.</summary>
    public static IReadOnlyList<string> In(string text) => [.. Used().Matches(text).Select(m => m.Groups[1].Success ? m.Groups[1].Value : "{").Distinct()];

    public static Placeholder? Find(string name) => All.FirstOrDefault(p => p.Name == name);

    /// <summary>The known name that resembles a mistyped one most; null when none does.</summary>
    public static string? Nearest(string name) => All
        .Select(p => (p.Name, Away: Distance(p.Name, name.ToLowerInvariant())))
        .Where(p => p.Away <= Math.Max(1, name.Length / 3)).OrderBy(p => p.Away).Select(p => p.Name).FirstOrDefault();

    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Used().Replace(text, m => m.Groups[1].Success && values.TryGetValue(m.Groups[1].Value, out var value) ? value : m.Value);

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, left) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = left = Math.Min(Math.Min(above, left) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }

    [GeneratedRegex(@"\{([A-Za-z_]+)\}|[{}]")]
    private static partial Regex Used();
}
