using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Marks;
using Portal.Rewarding.Messages;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Values;
using Books = RewardsEngine.Accounting.Ledger;

namespace Portal.Rewarding.Decisions;

/// <summary>What was decided, and the row it is stored in.</summary>
public sealed record Decided(Decision Decision, ActivityRow Row, IReadOnlyList<VoucherRow> Vouchers);

/// <summary>Loads what a decision reads, lets the engine decide, and turns the decision into rows of the open work.</summary>
public sealed class Decider(ProgrammeStore programmes, RuleMessages messages)
{
    /// <summary>The stored activity of this type and reference, or null: the caller answers a repeat with it.</summary>
    public static async Task<ActivityRow?> KnownAsync(PortalDb db, string type, string reference, CancellationToken cancel) =>
        db.Set<ActivityRow>().Local.FirstOrDefault(a => a.Type == type && a.Reference == reference)
        ?? await db.Set<ActivityRow>().AsNoTracking().SingleOrDefaultAsync(a => a.Type == type && a.Reference == reference, cancel);

    /// <summary>Those of many references that are stored.</summary>
    public static async Task<IReadOnlyDictionary<string, ActivityRow>> KnownAsync(PortalDb db, string type, IReadOnlyCollection<string> references, CancellationToken cancel) =>
        await db.Set<ActivityRow>().AsNoTracking().Where(a => a.Type == type && references.Contains(a.Reference)).ToDictionaryAsync(a => a.Reference, cancel);

    /// <summary>Tells a repeated delivery from a contradicting one.</summary>
    public static string HashOf(Activity activity) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(EngineJson.Write<Activity>(activity))));

    /// <summary>The same delivery once more: also when its member has become part of another membership in between.</summary>
    public static bool IsRepeat(ActivityRow known, Activity activity) =>
        known.ContentHash == HashOf(activity)
        || (known.MemberId == activity.Member && EngineJson.Read<Activity>(known.Activity).Member is { } then && then != activity.Member
            && known.ContentHash == HashOf(activity with { Member = then }));

    /// <summary>What the engine would decide now; nothing is stored or taken.</summary>
    public async Task<Decision> PreviewAsync(RewardingWork work, MemberAccount? account, Activity activity, CancellationToken cancel)
    {
        var rules = await programmes.CurrentAsync(work, cancel);
        return Engine.Decide(rules, await SnapshotAsync(work, account, rules, activity, cancel), activity, await ResourceLoader.LoadAsync(work, rules, activity, [], cancel));
    }

    /// <summary>
    /// Decides and books. What everybody shares (budgets, codes, stock) is taken by conditional updates; if one was used up
    /// in the meantime, the activity is decided once more without it.
    /// </summary>
    public async Task<Decided> DecideAsync(RewardingWork work, MemberAccount? account, Activity activity, CancellationToken cancel)
    {
        var rules = await programmes.CurrentAsync(work, cancel);
        if (account is not null)
            await account.SettleAsync(activity.OccurredAt, work.Now, cancel);
        var member = await SnapshotAsync(work, account, rules, activity, cancel);
        List<RuleId> exhausted = [];
        while (true)
        {
            var resources = await ResourceLoader.LoadAsync(work, rules, activity, exhausted, cancel);
            var decision = Engine.Decide(rules, member, activity, resources);
            var failed = await SharedTakings.TakeAsync(work, rules, decision, activity, cancel);
            if (failed.Count > 0)
            {
                exhausted.AddRange(failed);
                continue;
            }
            return await BookAsync(work, account, rules, member, activity, resources, decision, cancel);
        }
    }

    private static async Task<MemberSnapshot> SnapshotAsync(RewardingWork work, MemberAccount? account, CompiledRuleSet rules, Activity activity, CancellationToken cancel) =>
        account is null
            ? MemberSnapshot.Guest(activity.OccurredAt)
            : await Snapshots.TakeAsync(work.Db, account, rules, activity.Type, activity.OccurredAt, cancel);

    private async Task<Decided> BookAsync(
        RewardingWork work, MemberAccount? account, CompiledRuleSet rules, MemberSnapshot member, Activity activity, Resources resources, Decision decision, CancellationToken cancel)
    {
        List<VoucherRow> vouchers = [];
        if (account is not null)
        {
            var day = ProgrammeDays.Of(activity.OccurredAt, rules.Zone);
            // What only time brings is nothing the member did: to be told that points expire does not keep them.
            if (rules.Programme.Points.Expiry is { IsSliding: true } sliding && activity is not (Birthday or Anniversary or PointsExpiring or CustomerLapsing))
            {
                await account.ReadLotsAsync(cancel); // whose expiry moves have their row from the beginning
                if (sliding.ExpiresAt(activity.OccurredAt, rules.Zone, rules.Programme.Points.Boundary) is { } until)
                    account.Apply(Books.Extend(account.Wallet, activity.OccurredAt, until));
            }
            foreach (var effect in OneAwardARule(decision.Effects))
                await BookAsync(work, account, rules.Programme, day, activity, effect, vouchers, cancel);
            await TierStandings.ReviewAsync(work.Db, account, rules.Programme, day, cancel);
            await messages.WriteAsync(work, account, rules, activity, decision, vouchers, cancel);
        }
        var row = new ActivityRow
        {
            Type = activity.Type,
            Reference = activity.Reference,
            MemberId = account?.Id,
            OccurredAt = activity.OccurredAt,
            RecordedAt = work.Now,
            ContentHash = HashOf(activity),
            RuleSetVersion = decision.RuleSetVersion,
            Activity = EngineJson.Write<Activity>(activity),
            Input = EngineJson.Write(new DecisionInput(member, resources)),
            Decision = EngineJson.Write(decision),
            Points = decision.PointsAwarded(),
            WalletVersion = account?.Wallet.Version ?? 0,
        };
        work.Db.Add(row);
        return new(decision, row, vouchers);
    }

    /// <summary>A rule that gives points twice (a base and a multiplier) is booked as one accrual, by which a refund finds it again.</summary>
    private static IEnumerable<DecidedEffect> OneAwardARule(IReadOnlyList<DecidedEffect> effects) => effects
        .GroupBy(e => e is AwardPoints ? (object)(e.Rule, e.Version) : e)
        .Select(g => g.OfType<AwardPoints>().ToList() is { Count: > 1 } awards
            ? awards[0] with
            {
                Points = awards.Sum(a => a.Points),
                Qualifying = awards.Sum(a => a.Qualifying),
                Allocation = [.. awards.SelectMany(a => a.Allocation)],
            }
            : g.First());

    private static async Task BookAsync(
        RewardingWork work, MemberAccount account, Programme programme, DateOnly day, Activity activity, DecidedEffect effect, List<VoucherRow> vouchers, CancellationToken cancel)
    {
        var cause = new Cause(Activity: $"{activity.Type}:{activity.Reference}", Rule: effect.Rule, RuleVersion: effect.Version);
        switch (effect)
        {
            case AwardPoints award:
                var reference = References.Accrual(activity, award.Rule);
                var lot = new LotId(Guid.CreateVersion7());
                account.Apply(Books.Accrue(account.Wallet, new(reference, activity.OccurredAt, work.Now, cause),
                    new(lot, award.Points, award.ActiveFrom > activity.OccurredAt ? award.ActiveFrom : null, award.ExpiresAt, programme.Points.Expiry.IsSliding))).OrThrow();
                if (award.Qualifying > 0)
                {
                    account.Apply(Books.Qualify(account.Wallet, new(reference + "/q", activity.OccurredAt, work.Now, cause), award.Qualifying)).OrThrow();
                    await TierStandings.CountAsync(work.Db, account, day, award.Qualifying, cancel);
                }
                break;
            case IssueVoucher issue:
                for (var i = 0; i < issue.Count; i++)
                    vouchers.Add(VoucherIssuer.Issue(work, account.Id, issue.Voucher, issue.Rule, activity, issue.ValidFrom, issue.ValidTo));
                break;
            case ChangeTier tier:
                TierStandings.Set(account.Row, tier, day);
                break;
            case CountUse use:
                await CountAsync(work, account, day, use, cancel);
                break;
            case UseCode or UseVoucher or TakeStock or TakeBudget:
                break; // taken before, by SharedTakings
            case GrantBadge badge:
                await BookMarks.GrantAsync(work, account.Id, badge, activity.OccurredAt, cancel);
                break;
            case ProgressChallenge step:
                var name = work.Rules?.Source.Rules.FirstOrDefault(r => r.Id == step.Rule)?.Name ?? new(step.Challenge, step.Challenge);
                await BookMarks.AdvanceAsync(work, account.Id, step, name, activity.OccurredAt, cancel);
                break;
            case SendMessage:
                break; // written when everything else is booked, so that it can speak of it
            default:
                throw new InvalidOperationException($"No place for {effect.GetType().Name}.");
        }
    }

    private static async Task CountAsync(RewardingWork work, MemberAccount account, DateOnly day, CountUse use, CancellationToken cancel)
    {
        var uses = await Snapshots.UsesAsync(work.Db, account, cancel);
        var row = uses.Find(u => u.RuleId == use.Rule && u.Day == day);
        if (row is null)
        {
            row = new() { MemberId = account.Id, RuleId = use.Rule, Day = day };
            uses.Add(row);
            work.Db.Add(row);
        }
        row.Uses += use.Uses;
        row.Points += use.Points;
    }
}

/// <summary>What a decision read beside the activity: stored with it, so that it can be replayed.</summary>
/// <param name="Member">The member as read.</param>
/// <param name="Resources">What was left of budgets, codes and stock.</param>
/// <param name="Erased">The person has left: what told who it was is gone, and rules that asked for it are not replayed exactly.</param>
public sealed record DecisionInput(
    MemberSnapshot Member, Resources Resources, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)] bool Erased = false);

internal static class References
{
    /// <summary>The name of the posting by which a rule awards points for an activity.</summary>
    public static string Accrual(Activity activity, RuleId rule) => $"{activity.Type}:{activity.Reference}/{rule}";

    /// <summary>A refusal here is a bug, not something a person could do differently: the decision was already made.</summary>
    public static LedgerOutcome OrThrow(this LedgerOutcome outcome) => outcome.Accepted
        ? outcome
        : throw new InvalidOperationException($"The ledger refused a decided change: {outcome.Refusal}.");
}
