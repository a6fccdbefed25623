using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions;

/// <summary>What a decision reads beyond the member. It is part of the recorded input; at commit each part is taken by a conditional update.</summary>
public sealed record Resources
{
    /// <summary>Nothing is limited, nothing is issued.</summary>
    public static Resources None { get; } = new();

    /// <summary>What is left of rules with a budget or a limit over everyone.</summary>
    public IReadOnlyList<RuleLeft> Rules { get; init; } = [];

    /// <summary>The unique codes among those presented.</summary>
    public IReadOnlyList<CodeState> Codes { get; init; } = [];

    /// <summary>The vouchers among the codes presented.</summary>
    public IReadOnlyList<VoucherState> Vouchers { get; init; } = [];

    /// <summary>Stock of products given away; a product that is not listed is not limited.</summary>
    public IReadOnlyList<StockLeft> Stock { get; init; } = [];

    /// <summary>Rules whose conditional update failed at commit: decided again without them.</summary>
    public IReadOnlyList<RuleId> Exhausted { get; init; } = [];
}

/// <summary>What is left of a rule for everyone together. Null: not limited.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Uses">Uses left of its limit.</param>
/// <param name="BudgetUses">Uses left of its budget.</param>
/// <param name="Spend">Discounts left, in the programme's currency.</param>
/// <param name="Points">Points left, in the wallet's smallest unit.</param>
public sealed record RuleLeft(RuleId Rule, long? Uses = null, long? BudgetUses = null, decimal? Spend = null, long? Points = null);

/// <summary>A unique code of a rule.</summary>
/// <param name="Code">The code.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="UsesLeft">How often it can still be used.</param>
/// <param name="Owner">The only member who may use it.</param>
/// <param name="Revoked">It was taken back.</param>
public sealed record CodeState(string Code, RuleId Rule, long UsesLeft = 1, MemberId? Owner = null, bool Revoked = false);

/// <summary>A voucher that was issued earlier.</summary>
public sealed record VoucherState
{
    /// <summary>Its code.</summary>
    public required string Code { get; init; }

    /// <summary>What it is good for, as it stood when it was issued.</summary>
    public required VoucherTemplate Template { get; init; }

    /// <summary>The rule that issued it.</summary>
    public required RuleId IssuedBy { get; init; }

    /// <summary>To whom it was issued.</summary>
    public MemberId? Owner { get; init; }

    /// <summary>How often it can still be used.</summary>
    public long UsesLeft { get; init; } = 1;

    /// <summary>The first day it can be used.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day it can be used.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>Waiting for its purchase to be confirmed.</summary>
    public bool Reserved { get; init; }

    /// <summary>It was taken back.</summary>
    public bool Revoked { get; init; }
}

/// <summary>Stock of a product.</summary>
/// <param name="Sku">The product.</param>
/// <param name="Left">Units left.</param>
public sealed record StockLeft(string Sku, long Left);
