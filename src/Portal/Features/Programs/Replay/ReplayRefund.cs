using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Replay;

/// <summary>A line of the sale of which something came back.</summary>
/// <param name="Before">Units that had come back before.</param>
public sealed record ReturnedUnits(string Name, int Sold, int Before, int Now, Money Amount);

/// <summary>What a refund did about one rule of the sale.</summary>
/// <param name="Given">Points that the rule gave at the sale; 0 when the effect is about something else.</param>
public sealed record RefundStep(LocalizedText Rule, string Version, long Given, RefundEffect Effect);

/// <summary>What a refund did about one sale.</summary>
/// <param name="Decision">Where the sale's own decision is shown.</param>
/// <param name="Steps">As stored.</param>
/// <param name="IsSame">Reckoned again, it comes out as stored.</param>
public sealed record RefundedSale(
    string Reference, Guid? Decision, Money Amount, bool Whole, IReadOnlyList<ReturnedUnits> Lines, IReadOnlyList<RefundStep> Steps, bool IsSame);

/// <summary>A stored refund reckoned once more.</summary>
public sealed record ReplayedRefund(
    string Reference, DateTime OccurredAt, long RuleSet, MemberId? Member, long Points, RefundReason? Reason, IReadOnlyList<RefundedSale> Sales, IReadOnlyList<ReturnedLine> Unmatched)
{
    public bool IsSame => Sales.All(s => s.IsSame);
}

/// <summary>
/// Reckons a stored refund again from the sale's decision and what had come back of it then. A refund asks no rule: it takes
/// back by share what the sale gave. Stores nothing.
/// </summary>
public sealed class ReplayRefund(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes)
{
    /// <summary>Null when there is no such refund.</summary>
    public async Task<ReplayedRefund?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<ActivityRow>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.Type == ActivityTypes.Refund, cancel);
        if (row is null)
            return null;
        var rules = await programmes.CompiledAsync(row.RuleSetVersion);
        var refund = (Refund)EngineJson.Read<Activity>(row.Activity);
        var outcome = EngineJson.Read<RefundOutcome>(row.Decision);
        var read = EngineJson.Read<RefundInput>(row.Input);
        List<RefundedSale> sales = [];
        foreach (var (seen, stored) in read.Sales.Zip(outcome.Sales))
        {
            var sale = await db.Set<ActivityRow>().AsNoTracking().SingleAsync(a => a.Type == ActivityTypes.Purchase && a.Reference == seen.Sale, cancel);
            var names = await db.Set<PurchaseRow>().Where(p => p.Kind == PurchaseKind.Sale && p.Reference == seen.Sale).SelectMany(p => p.Lines).ToDictionaryAsync(l => l.LineId, l => l.Name ?? l.Sku, cancel);
            var sold = sale.ReadDecision();
            var again = Engine.DecideRefund(rules.Programme, new(sold, seen.Before), refund with { PurchaseReference = seen.Sale, Returned = seen.Asked });
            sales.Add(new(
                seen.Sale, sale.Id, new(stored.Amount, rules.Programme.Currency), stored.WholeSaleReturned, Lines(sold, seen, stored, names, rules.Programme.Currency),
                [.. stored.Effects.Select(e => Step(e, sold))], EngineJson.Write(again) == EngineJson.Write(stored)));
        }
        return new(row.Reference, row.OccurredAt, row.RuleSetVersion, row.MemberId, row.Points, outcome.Reason, sales, outcome.Unmatched);
    }

    private static RefundStep Step(RefundEffect effect, Decision sold)
    {
        var applied = sold.Explanation.Applied.FirstOrDefault(a => a.Rule == effect.Rule);
        var given = effect is ReversePoints ? sold.Effects.OfType<AwardPoints>().Where(a => a.Rule == effect.Rule).Sum(a => a.Points) : 0;
        return new(applied?.Name ?? new(effect.Rule.Value, effect.Rule.Value), $"{effect.Rule} v{effect.Version}", given, effect);
    }

    private static IReadOnlyList<ReturnedUnits> Lines(Decision sold, SaleRead seen, RefundDecision stored, Dictionary<string, string> names, Currency currency) =>
    [
        .. from back in stored.Lines
           let line = sold.Lines.First(l => l.LineId == back.LineId)
           let before = seen.Before.Where(b => b.LineId == back.LineId).Sum(b => b.Quantity)
           select new ReturnedUnits(names.GetValueOrDefault(back.LineId, line.Sku), line.Quantity, before, back.Quantity, new(back.Amount, currency)),
    ];
}
