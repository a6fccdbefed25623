using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Identity;
using Portal.Platform;
using Portal.Ui;
using RewardsEngine.Conditions;

namespace Portal.Features.Complaints.Staff.Routing;

/// <summary>A routing rule as somebody types it.</summary>
internal sealed record RoutingDraft(string Name, string Condition, string Team, Guid? Assignee, bool SeniorOnly, Priority? Priority, string Tags);

/// <summary>A rule in the list.</summary>
/// <param name="Broken">Its condition does not read any more; it is passed over.</param>
internal sealed record RoutingLine(RoutingRuleRow Row, string Team, string? Assignee, string InWords, bool Broken);

/// <summary>What a draft would do with a case there is.</summary>
internal sealed record RoutingTrial(string Reference, string Subject, string Category, DateTime FiledAt, string? TeamNow, bool EarlierRule);

/// <summary>The routing rules: written, ordered, paused, tried. Each change counts for the next complaint and is noted.</summary>
internal sealed class EditRoutingRules(IDbContextFactory<PortalDb> databases, RoutingFacts facts, Format format, TimeProvider time)
{
    public const int TriedCases = 200;

    public async Task<IReadOnlyList<RoutingLine>> ListAsync(string language, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (names, _) = await facts.NamesAsync(db, cancel);
        var rows = await (
            from r in db.Set<RoutingRuleRow>()
            join t in db.Set<TeamRow>() on r.Team equals t.Key into teams
            from t in teams.DefaultIfEmpty()
            join u in db.Set<User>() on r.AssigneeId equals (Guid?)u.Id into users
            from u in users.DefaultIfEmpty()
            orderby r.Position, r.Name
            select new { Row = r, Team = t == null ? r.Team : t.Name, Assignee = u == null ? null : u.Name }).AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(r =>
        {
            var (condition, _) = RoutingNames.Parse(r.Row.Condition, names, language);
            return new RoutingLine(r.Row, r.Team, r.Assignee, condition is null or { IsAlways: true } ? "" : condition.Describe(language), condition is null);
        })];
    }

    public async Task<RoutingRuleRow?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<RoutingRuleRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel);
    }

    public async Task<Vocabulary> NamesAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await facts.NamesAsync(db, cancel)).Names;
    }

    public async Task<IReadOnlyList<RoutingFault>> FaultsAsync(string condition, string language, CancellationToken cancel) =>
        RoutingNames.Parse(condition, await NamesAsync(cancel), language).Faults;

    /// <summary>Adds a rule at the end, or changes one.</summary>
    public async Task<Result<Guid>> SaveAsync(Guid? id, long revision, RoutingDraft draft, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var refusals = await CheckAsync(db, draft, cancel);
        if (refusals.Count > 0)
            return Result<Guid>.Refused(refusals);
        var row = id is { } known ? await db.Set<RoutingRuleRow>().SingleOrDefaultAsync(r => r.Id == known, cancel) : null;
        if (id is not null && row is null)
            return new Refusal("rule.gone");
        if (row is not null && row.Revision != revision)
            return new Refusal("rule.changed_meanwhile");
        if (row is null)
        {
            row = new() { Name = "", Condition = "", Team = "", Position = (await db.Set<RoutingRuleRow>().MaxAsync(r => (int?)r.Position, cancel) ?? 0) + 1 };
            db.Add(row);
        }
        (row.Name, row.Condition, row.Team, row.AssigneeId, row.SeniorOnly, row.Priority, row.Tags) = (draft.Name.Trim(), draft.Condition.Trim(), draft.Team,
            draft.Assignee, draft.SeniorOnly, draft.Priority, string.Join(',', DeskAgentRow.Split(draft.Tags)));
        Touch(db, row, id is null ? "created" : "edited", by);
        return await SavedAsync(db, cancel) is { } refused ? refused : row.Id;
    }

    public async Task<Result<Done>> PauseAsync(Guid id, bool pause, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<RoutingRuleRow>().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } row)
            return new Refusal("rule.gone");
        row.IsPaused = pause;
        Touch(db, row, pause ? "paused" : "resumed", by);
        return await SavedAsync(db, cancel) is { } refused ? refused : default(Done);
    }

    /// <summary>Moves a rule one place up or down.</summary>
    public async Task<Result<Done>> MoveAsync(Guid id, bool up, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var all = await db.Set<RoutingRuleRow>().OrderBy(r => r.Position).ThenBy(r => r.Name).ToListAsync(cancel);
        var at = all.FindIndex(r => r.Id == id);
        if (at < 0)
            return new Refusal("rule.gone");
        var to = up ? at - 1 : at + 1;
        if (to < 0 || to >= all.Count)
            return default(Done);
        (all[at], all[to]) = (all[to], all[at]);
        for (var i = 0; i < all.Count; i++)
            all[i].Position = i + 1;
        Touch(db, all[to], "moved", by);
        return await SavedAsync(db, cancel) is { } refused ? refused : default(Done);
    }

    public async Task<Result<Done>> DeleteAsync(Guid id, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<RoutingRuleRow>().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } row)
            return new Refusal("rule.gone");
        Touch(db, row, "deleted", by);
        db.Remove(row);
        return await SavedAsync(db, cancel) is { } refused ? refused : default(Done);
    }

    /// <summary>Which of the last cases a condition holds for, and whether an earlier live rule would take them first.</summary>
    /// <returns>Null when the condition has faults.</returns>
    public async Task<(int Looked, IReadOnlyList<RoutingTrial> Hits)?> TryAsync(Guid? id, string text, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (names, _) = await facts.NamesAsync(db, cancel);
        if (RoutingNames.Parse(text, names, "en").Condition is not { } condition)
            return null;
        var rows = await db.Set<RoutingRuleRow>().AsNoTracking().OrderBy(r => r.Position).ThenBy(r => r.Name).ToListAsync(cancel);
        var position = rows.Find(r => r.Id == id)?.Position ?? int.MaxValue;
        var earlier = rows.Where(r => !r.IsPaused && r.Id != id && r.Position < position).Select(r => RoutingNames.Parse(r.Condition, names, "en").Condition).OfType<Condition>().ToList();
        var cases = await db.Set<CaseRow>().AsNoTracking().OrderByDescending(c => c.CreatedAt).Take(TriedCases).ToListAsync(cancel);
        var teams = await db.Set<TeamRow>().ToDictionaryAsync(t => t.Key, t => t.Name, cancel);
        var seen = await facts.OfAsync(db, cases, names, format.Zone, await WishesAsync(db, cases, cancel), cancel);
        return (cases.Count, [.. cases.Where(c => condition.Test(seen[c.Id])).Select(c => new RoutingTrial(
            c.Reference, c.Subject, c.Category, c.CreatedAt, c.Team is { } team ? teams.GetValueOrDefault(team, team) : null, earlier.Exists(e => e.Test(seen[c.Id]))))]);
    }

    private static async Task<IReadOnlyDictionary<Guid, string>> WishesAsync(PortalDb db, List<CaseRow> cases, CancellationToken cancel)
    {
        var ids = cases.ConvertAll(c => c.Id);
        return (await db.Set<CaseEventRow>().AsNoTracking().Where(e => e.Sequence == 1 && ids.Contains(e.CaseId)).ToListAsync(cancel)).ToDictionary(
            e => e.CaseId, e => ((CaseSubmitted)global::Complaints.Json.CaseEvents.FromJson(new(e.Type, e.Version, e.Payload))).DesiredRemedy);
    }

    private async Task<List<Refusal>> CheckAsync(PortalDb db, RoutingDraft draft, CancellationToken cancel)
    {
        List<Refusal> found = [];
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Length > 100)
            found.Add(new("name.needed", "name"));
        if (!await db.Set<TeamRow>().AnyAsync(t => t.Key == draft.Team, cancel))
            found.Add(new("team.needed", "team"));
        if (draft.Tags.Length > 200 || DeskAgentRow.Split(draft.Tags).Any(t => t.Length > 30))
            found.Add(new("tags.long", "tags"));
        if (draft.Assignee is { } person && !await db.Set<DeskAgentRow>().AnyAsync(a => a.UserId == person, cancel))
            found.Add(new("agent.gone", "assignee"));
        var (names, _) = await facts.NamesAsync(db, cancel);
        found.AddRange(RoutingNames.Parse(draft.Condition, names, System.Globalization.CultureInfo.CurrentUICulture.Name).Faults.Select(f => new Refusal("condition", "condition", f.Message, f.Start + 1)));
        return found;
    }

    private void Touch(PortalDb db, RoutingRuleRow row, string change, Guid by)
    {
        (row.UpdatedAt, row.UpdatedBy) = (time.UtcNow(), by);
        row.Revision++;
        DeskAudit.Note(db, DeskArea.Rules, row.Name.Length > 64 ? row.Name[..64] : row.Name, change,
            new { row.Id, row.Name, row.Condition, row.Team, row.AssigneeId, row.SeniorOnly, row.Priority, row.Tags, row.Position, row.IsPaused }, by, row.UpdatedAt);
    }

    private static async Task<Refusal?> SavedAsync(PortalDb db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("rule.changed_meanwhile");
        }
    }
}
