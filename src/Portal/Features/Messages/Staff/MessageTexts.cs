using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Messages;
using Portal.Rewarding.Programmes;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Messages.Staff;

/// <summary>A text with the rules that name it.</summary>
/// <param name="Row">The text.</param>
/// <param name="InForce">Rules in force, paused or in review that send it: it does not change any more.</param>
/// <param name="Others">Drafts that name it.</param>
public sealed record MessageText(MessageTextRow Row, IReadOnlyList<(RuleId Rule, LocalizedText Name)> InForce, IReadOnlyList<(RuleId Rule, LocalizedText Name)> Others)
{
    public bool IsFixed => InForce.Count > 0;
}

/// <summary>Reads message texts for staff.</summary>
public sealed class MessageTexts(IDbContextFactory<PortalDb> databases)
{
    public async Task<IReadOnlyList<MessageText>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var texts = await db.Set<MessageTextRow>().AsNoTracking().OrderBy(t => t.Key).ToListAsync(cancel);
        var (live, drafts) = await RulesAsync(db, cancel);
        return [.. texts.Select(t => With(t, live, drafts))];
    }

    public async Task<MessageText?> FindAsync(string key, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await FindAsync(db, key, cancel);
    }

    internal static async Task<MessageText?> FindAsync(PortalDb db, string key, CancellationToken cancel)
    {
        if (await db.Set<MessageTextRow>().SingleOrDefaultAsync(t => t.Key == key, cancel) is not { } text)
            return null;
        var (live, drafts) = await RulesAsync(db, cancel);
        return With(text, live, drafts);
    }

    private static MessageText With(MessageTextRow text, IReadOnlyList<Rule> live, IReadOnlyList<Rule> drafts)
    {
        var inForce = MessageChecks.Naming(live, text.Key);
        return new(text, inForce, [.. MessageChecks.Naming(drafts, text.Key).Where(d => inForce.All(l => l.Rule != d.Rule))]);
    }

    /// <summary>The rules in force, with those that were approved or are being looked at; and the drafts.</summary>
    private static async Task<(IReadOnlyList<Rule> Live, IReadOnlyList<Rule> Drafts)> RulesAsync(PortalDb db, CancellationToken cancel)
    {
        var live = await db.Set<PublishedRuleRow>().AsNoTracking().Where(p => p.UntilSet == null).Select(p => p.Json).ToListAsync(cancel);
        var rows = await db.Set<RuleRow>().AsNoTracking().Where(r => r.Status != RuleStatus.Ended && (r.LiveVersion == null || r.LiveVersion != r.Version))
            .Select(r => new { r.Json, IsSettled = r.Status == RuleStatus.Paused || r.SubmittedAt != null }).ToListAsync(cancel);
        return ([.. live.Concat(rows.Where(r => r.IsSettled).Select(r => r.Json)).Select(EngineJson.Read<Rule>).DistinctBy(r => r.Id)],
            [.. rows.Where(r => !r.IsSettled).Select(r => EngineJson.Read<Rule>(r.Json))]);
    }
}
