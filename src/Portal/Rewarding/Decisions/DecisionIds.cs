using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Rewarding.Decisions;

/// <summary>Finds decisions by what came of them.</summary>
internal static class DecisionIds
{
    /// <summary>A cause as it stands on vouchers and transfers.</summary>
    public static string Cause(string type, string reference) => $"{type}:{reference}";

    /// <summary>By cause; causes about which no rule was asked (a reward bought with points, a gift for a complaint) are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, Guid>> OfAsync(PortalDb db, IEnumerable<string> causes, CancellationToken cancel)
    {
        var wanted = causes.ToHashSet();
        var parts = wanted.Select(c => c.Split(':', 2)).Where(p => p.Length == 2).ToList();
        var (types, references) = (parts.Select(p => p[0]).Distinct().ToList(), parts.Select(p => p[1]).Distinct().ToList());
        if (parts.Count == 0)
            return new Dictionary<string, Guid>();
        var rows = await db.Set<ActivityRow>().Where(a => types.Contains(a.Type) && references.Contains(a.Reference)).Select(a => new { a.Id, a.Type, a.Reference }).ToListAsync(cancel);
        return rows.Where(a => wanted.Contains(Cause(a.Type, a.Reference))).ToDictionary(a => Cause(a.Type, a.Reference), a => a.Id);
    }
}
