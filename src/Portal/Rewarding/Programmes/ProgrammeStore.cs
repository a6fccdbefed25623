using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding.Programmes;

/// <summary>
/// The rule set in force. Only its number is read on every decision, so that a paused rule stops at once on every node; the
/// compiled set behind the number never changes and is kept.
/// </summary>
public sealed class ProgrammeStore(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, Lazy<Task<CompiledRuleSet>>> compiled = new();

    /// <summary>The set in force for a transaction that is open on <paramref name="db"/>.</summary>
    public async Task<CompiledRuleSet> CurrentAsync(PortalDb db, CancellationToken cancel) =>
        await CompiledAsync(await db.Set<RuleSetHeadRow>().Select(h => h.Version).SingleAsync(cancel), db);

    /// <summary>The set in force for an open work, read once for it.</summary>
    internal async Task<CompiledRuleSet> CurrentAsync(RewardingWork work, CancellationToken cancel) =>
        work.Rules ??= await CurrentAsync(work.Db, cancel);

    /// <summary>The set in force, for pages.</summary>
    public async Task<CompiledRuleSet> CurrentAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await CurrentAsync(db, cancel);
    }

    /// <summary>False before the first programme is set up.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<RuleSetHeadRow>().AnyAsync(cancel);
    }

    /// <summary>Any set there ever was, for replay.</summary>
    public Task<CompiledRuleSet> CompiledAsync(long version) => CompiledAsync(version, null);

    /// <summary>
    /// Whoever comes first after a change loads the set, over the connection it already has: if it asked the pool for a second
    /// one while everybody who waits for the set holds a first, nobody would get on.
    /// </summary>
    private async Task<CompiledRuleSet> CompiledAsync(long version, PortalDb? db)
    {
        var set = compiled.GetOrAdd(version, v => new(() => LoadAsync(v, db)));
        try
        {
            return await set.Value;
        }
        catch
        {
            compiled.TryRemove(version, out _); // an outage must not be remembered
            throw;
        }
        finally
        {
            // Sets of the past are wanted only by replay; they are loaded again when needed.
            foreach (var old in compiled.Keys.Where(v => v < version - 8))
                compiled.TryRemove(old, out _);
        }
    }

    /// <summary>Publishes a change of rules or programme as the next rule set, within the caller's transaction.</summary>
    /// <param name="db">The caller's context; saved by the caller.</param>
    /// <param name="rules">New versions to put in force; each replaces the rule's version in force.</param>
    /// <param name="withdrawn">Rules to take out of force: paused or ended.</param>
    /// <param name="programme">The programme when it changes.</param>
    /// <param name="by">Who publishes; null: the program itself.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The number of the new rule set.</returns>
    public async Task<long> PublishAsync(
        PortalDb db, IReadOnlyCollection<Rule> rules, IReadOnlyCollection<RuleId> withdrawn, Programme? programme, Guid? by, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var head = await db.Set<RuleSetHeadRow>().SingleOrDefaultAsync(cancel);
        if (head is null)
            db.Add(head = new RuleSetHeadRow());
        head.Version++;
        var gone = rules.Select(r => r.Id).Concat(withdrawn).ToList();
        foreach (var row in await db.Set<PublishedRuleRow>().Where(r => r.UntilSet == null && gone.Contains(r.RuleId)).ToListAsync(cancel))
            row.UntilSet = head.Version;
        foreach (var rule in rules)
        {
            db.Add(new PublishedRuleRow
            {
                RuleId = rule.Id,
                Version = rule.Version,
                Json = EngineJson.Write(rule),
                FromSet = head.Version,
                PublishedAt = now,
                PublishedBy = by,
            });
        }
        if (programme is not null)
            db.Add(new ProgrammeRow { FromSet = head.Version, Json = EngineJson.Write(programme), PublishedAt = now, PublishedBy = by });
        return head.Version;
    }

    private async Task<CompiledRuleSet> LoadAsync(long version, PortalDb? open)
    {
        await using var own = open is null ? await databases.CreateDbContextAsync() : null;
        var db = open ?? own!;
        var programme = await db.Set<ProgrammeRow>().Where(p => p.FromSet <= version).OrderByDescending(p => p.FromSet).Select(p => p.Json).FirstAsync();
        var rules = await db.Set<PublishedRuleRow>()
            .Where(r => r.FromSet <= version && (r.UntilSet == null || r.UntilSet > version))
            .Select(r => r.Json).ToListAsync();
        var compiled = CompiledRuleSet.Compile(new(version, EngineJson.Read<Programme>(programme), [.. rules.Select(EngineJson.Read<Rule>)]));
        return compiled.Rules ?? throw new InvalidOperationException(
            $"Rule set {version} does not compile: {string.Join(" ", compiled.Faults.Select(f => $"{f.Rule} {f.Path}: {f.Message.En}"))}");
    }
}
