using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Messages;
using Portal.Rewarding.Programmes;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Rules;

/// <summary>
/// The life of a rule: draft, published, paused, live again, ended; what lies between draft and published is in <see cref="ReviewRules"/>. A published version never changes: editing it makes the
/// next version, and the one in force goes on until that is published.
/// </summary>
public sealed class EditRules(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes, TimeProvider time)
{
    /// <summary>Everything that is wrong with a rule beside the rules in force.</summary>
    public async Task<IReadOnlyList<RuleFault>> CheckAsync(Rule rule, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var current = await programmes.CurrentAsync(db, cancel);
        return [.. With(current.Source, rule).Faults, .. await MessageChecks.OfAsync(db, rule, cancel)];
    }

    /// <summary>The rules in force with this one among them.</summary>
    public static CompileResult With(RuleSet current, Rule rule) =>
        CompiledRuleSet.Compile(current with { Rules = [.. current.Rules.Where(r => r.Id != rule.Id), rule] });

    public async Task<Result<Done>> CreateAsync(Rule rule, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<RuleRow>().AnyAsync(r => r.Id == rule.Id, cancel))
            return new Refusal("key.taken", "id");
        var row = new RuleRow { Id = rule.Id, Json = "" };
        Write(row, rule with { Version = 1 }, by);
        db.Add(row);
        Note(db, row, RuleChange.Created, by);
        await db.SaveChangesAsync(cancel);
        return default(Done);
    }

    public async Task<Result<Done>> SaveAsync(Rule rule, long revision, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<RuleRow>().SingleOrDefaultAsync(r => r.Id == rule.Id, cancel);
        if (row is null)
            return new Refusal("rule.gone");
        return row.Revision != revision ? new Refusal("rule.changed_meanwhile")
            : row.Status == RuleStatus.Ended ? new Refusal("rule.ended")
            : await DraftAsync(db, row, rule, RuleChange.Edited, null, by, cancel);
    }

    /// <summary>Fills the draft with a version published earlier. That version stays what it was: publishing the draft makes a new one.</summary>
    public async Task<Result<Done>> TakeAgainAsync(RuleId id, int version, long revision, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await FindAsync(db, id, revision, cancel);
        if (!found.Succeeded)
            return Result<Done>.Refused(found.Refusals);
        var published = await db.Set<PublishedRuleRow>().AsNoTracking().Where(p => p.RuleId == id && p.Version == version).OrderBy(p => p.FromSet).FirstOrDefaultAsync(cancel);
        return published is null || version >= found.Value.Version
            ? new Refusal("rule.no_earlier_version", null, version)
            : await DraftAsync(db, found.Value, EngineJson.Read<Rule>(published.Json), RuleChange.TakenAgain, version.ToString(System.Globalization.CultureInfo.InvariantCulture), by, cancel);
    }

    /// <summary>Makes this the newest version; a published one gets a successor.</summary>
    private async Task<Result<Done>> DraftAsync(PortalDb db, RuleRow row, Rule rule, RuleChange change, string? note, Guid by, CancellationToken cancel)
    {
        if (EngineJson.Write(rule with { Version = row.Version }) == row.Json)
            return default(Done);
        if (await db.Set<PublishedRuleRow>().AnyAsync(p => p.RuleId == row.Id && p.Version == row.Version, cancel))
            row.Version++;
        Write(row, rule with { Version = row.Version }, by);
        ReviewRules.Withdraw(row); // what the second person was asked to look at is no longer this
        Note(db, row, change, by, null, note);
        return await SavedAsync(db, cancel);
    }

    /// <summary>Puts the newest version in force.</summary>
    public async Task<Result<Done>> PublishAsync(RuleId id, long revision, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await FindAsync(db, id, revision, cancel);
        if (!found.Succeeded)
            return Result<Done>.Refused(found.Refusals);
        var row = found.Value;
        if (row.LiveVersion == row.Version)
            return new Refusal("rule.already_live");
        if ((row.SubmittedAt is not null || (await programmes.CurrentAsync(db, cancel)).Programme.FourEyes) && await ReviewRules.ObstacleAsync(db, row, by, cancel) is { } obstacle)
            return obstacle;
        var rule = EngineJson.Read<Rule>(row.Json);
        var refusals = await CheckedAsync(db, rule, cancel);
        if (refusals.Count > 0)
            return Result<Done>.Refused(refusals);
        await programmes.PublishAsync(db, [rule], [], null, by, cancel);
        if (row.SubmittedAt is not null)
            Note(db, row, RuleChange.Approved, by);
        ReviewRules.Withdraw(row);
        (row.Status, row.LiveVersion) = (RuleStatus.Live, row.Version);
        Touch(row, by);
        Note(db, row, RuleChange.Published, by);
        return await SavedAsync(db, cancel);
    }

    /// <summary>Takes the version in force out: for now, or for good.</summary>
    public async Task<Result<Done>> StopAsync(RuleId id, long revision, bool forGood, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await FindAsync(db, id, revision, cancel);
        if (!found.Succeeded)
            return Result<Done>.Refused(found.Refusals);
        var row = found.Value;
        if (row.LiveVersion is null && !forGood)
            return new Refusal("rule.not_live");
        var version = row.LiveVersion;
        if (version is not null)
            await programmes.PublishAsync(db, [], [id], null, by, cancel);
        if (forGood)
            ReviewRules.Withdraw(row);
        (row.Status, row.LiveVersion) = (forGood ? RuleStatus.Ended : RuleStatus.Paused, null);
        Touch(row, by);
        Note(db, row, forGood ? RuleChange.Ended : RuleChange.Paused, by, version);
        return await SavedAsync(db, cancel);
    }

    /// <summary>Puts the version that was paused in force again.</summary>
    public async Task<Result<Done>> ResumeAsync(RuleId id, long revision, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await FindAsync(db, id, revision, cancel);
        if (!found.Succeeded)
            return Result<Done>.Refused(found.Refusals);
        var row = found.Value;
        if (row.Status != RuleStatus.Paused)
            return new Refusal("rule.not_paused");
        var last = await db.Set<PublishedRuleRow>().Where(p => p.RuleId == id).OrderByDescending(p => p.Version).ThenByDescending(p => p.FromSet).FirstAsync(cancel);
        var rule = EngineJson.Read<Rule>(last.Json);
        var refusals = await CheckedAsync(db, rule, cancel);
        if (refusals.Count > 0)
            return Result<Done>.Refused(refusals);
        await programmes.PublishAsync(db, [rule], [], null, by, cancel);
        (row.Status, row.LiveVersion) = (RuleStatus.Live, rule.Version);
        Touch(row, by);
        Note(db, row, RuleChange.Resumed, by, rule.Version);
        return await SavedAsync(db, cancel);
    }

    internal static async Task<Result<RuleRow>> FindAsync(PortalDb db, RuleId id, long revision, CancellationToken cancel)
    {
        var row = await db.Set<RuleRow>().SingleOrDefaultAsync(r => r.Id == id, cancel);
        return row is null ? new Refusal("rule.gone")
            : row.Revision != revision ? new Refusal("rule.changed_meanwhile")
            : row.Status == RuleStatus.Ended ? new Refusal("rule.ended")
            : row;
    }

    internal async Task<List<Refusal>> CheckedAsync(PortalDb db, Rule rule, CancellationToken cancel)
    {
        var current = await programmes.CurrentAsync(db, cancel);
        var language = System.Globalization.CultureInfo.CurrentUICulture.Name;
        return [.. With(current.Source, rule).Faults.Concat(await MessageChecks.OfAsync(db, rule, cancel)).Select(f => new Refusal("rule.fault", f.Path, f.Path, f.Message.In(language)))];
    }

    private void Write(RuleRow row, Rule rule, Guid by)
    {
        row.Json = EngineJson.Write(rule);
        (row.NameId, row.NameEn, row.Trigger) = (rule.Name.Id, rule.Name.En, rule.Trigger);
        Touch(row, by);
    }

    private void Touch(RuleRow row, Guid by)
    {
        row.UpdatedAt = time.UtcNow();
        row.UpdatedBy = by;
        row.Revision++;
    }

    private void Note(PortalDb db, RuleRow row, RuleChange change, Guid by, int? version = null, string? note = null) =>
        db.Add(new RuleChangeRow { RuleId = row.Id, Version = version ?? row.Version, Change = change, At = time.UtcNow(), By = by, Note = note });

    internal static async Task<Result<Done>> SavedAsync(PortalDb db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return default(Done);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("rule.changed_meanwhile");
        }
    }
}
