using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Members;
using RewardsEngine.Values;

namespace RewardsEngine.Backtesting;

/// <summary>The history to replay.</summary>
public sealed record BacktestInput
{
    /// <summary>What happened, in the order in which it happened.</summary>
    public required IReadOnlyList<BacktestEvent> Events { get; init; }

    /// <summary>The members as they stood before the first event; a member who is missing begins with nothing.</summary>
    public IReadOnlyList<MemberSnapshot> Opening { get; init; } = [];

    /// <summary>What was left of budgets and limits before the first event; a rule that is missing begins with its whole budget.</summary>
    public IReadOnlyList<RuleLeft> Budgets { get; init; } = [];

    /// <summary>For the report by group: the groups of members; null: their segments.</summary>
    public IReadOnlyDictionary<MemberId, IReadOnlyList<string>>? Groups { get; init; }

    /// <summary>How many examples of the largest differences are wanted.</summary>
    public int Examples { get; init; } = 10;
}

/// <summary>One thing that happened.</summary>
/// <param name="Activity">What was decided on; null when points were spent.</param>
/// <param name="Spent">Points that the member spent then, as far as the replayed balance allows.</param>
/// <param name="Codes">The unique codes presented, as they stood then.</param>
/// <param name="Vouchers">The vouchers presented, as they stood then.</param>
/// <param name="Stock">Stock of gifts, as it stood then.</param>
public sealed record BacktestEvent(
    Activity? Activity, PointsSpent? Spent = null, IReadOnlyList<CodeState>? Codes = null, IReadOnlyList<VoucherState>? Vouchers = null, IReadOnlyList<StockLeft>? Stock = null);

/// <summary>Points that a member spent.</summary>
/// <param name="Member">The member.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Points">How many, in the wallet's smallest unit.</param>
public sealed record PointsSpent(MemberId Member, DateTime At, long Points);

/// <summary>How far a back-test is.</summary>
/// <param name="Done">Events replayed.</param>
/// <param name="Total">All events.</param>
public sealed record BacktestProgress(int Done, int Total);
