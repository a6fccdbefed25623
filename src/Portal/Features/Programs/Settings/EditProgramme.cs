using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;
using Portal.Rewarding.Programmes;
using RewardsEngine.Programs;

namespace Portal.Features.Programs.Settings;

/// <summary>One published programme: when, by whom, and which parts differ from the one before.</summary>
public sealed record ProgrammeChange(long FromSet, DateTime At, string? By, IReadOnlyList<string> Parts);

/// <summary>Changes the programme. It is checked together with every rule in force, and counts from the next activity on.</summary>
public sealed class EditProgramme(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes)
{
    /// <param name="seen">The rule set the person saw while typing.</param>
    public async Task<(IReadOnlyList<Refusal> Refusals, IReadOnlyList<RuleFault> Faults)> PublishAsync(Programme programme, long seen, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var current = await programmes.CurrentAsync(db, cancel);
        if (current.Version != seen)
            return ([new("programme.changed_meanwhile")], []);
        var checkedSet = CompiledRuleSet.Compile(current.Source with { Programme = programme });
        if (!checkedSet.Ok)
            return ([], checkedSet.Faults);
        await programmes.PublishAsync(db, [], [], programme, by, cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
            return ([], []);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ([new("programme.changed_meanwhile")], []);
        }
    }

    public async Task<IReadOnlyList<ProgrammeChange>> HistoryAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.Set<ProgrammeRow>().AsNoTracking().OrderByDescending(p => p.FromSet).Take(51).ToListAsync(cancel);
        var people = rows.Select(r => r.PublishedBy).OfType<Guid>().Distinct().ToList();
        var names = await db.Set<User>().Where(u => people.Contains(u.Id)).Select(u => new { u.Id, u.Name, u.Email }).ToDictionaryAsync(u => u.Id, u => u.Name ?? u.Email, cancel);
        return
        [
            .. rows.Select((row, i) => new ProgrammeChange(row.FromSet, row.PublishedAt, row.PublishedBy is { } by ? names.GetValueOrDefault(by) : null,
                i + 1 < rows.Count ? Differences(rows[i + 1].Json, row.Json) : [])).Take(50),
        ];
    }

    private static string[] Differences(string before, string after)
    {
        var (old, now) = (JsonNode.Parse(before)!.AsObject(), JsonNode.Parse(after)!.AsObject());
        return [.. old.Select(p => p.Key).Union(now.Select(p => p.Key)).Where(name => !JsonNode.DeepEquals(old[name], now[name])).Order(StringComparer.Ordinal)];
    }
}
