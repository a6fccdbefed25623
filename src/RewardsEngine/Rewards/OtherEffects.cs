using System.Text.Json.Serialization;
using RewardsEngine.Values;

namespace RewardsEngine.Rewards;

/// <summary>An effect that is neither discount nor points.</summary>
public abstract record OtherEffect : Effect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Phase Phase => Phase.Other;
}

/// <summary>Issues a voucher.</summary>
public sealed record GiveVoucher : OtherEffect
{
    /// <summary>What is issued.</summary>
    public required VoucherTemplate Voucher { get; init; }

    /// <summary>Vouchers issued at once.</summary>
    public int Count { get; init; } = 1;
}

/// <summary>Moves the member to a tier.</summary>
public sealed record SetTier : OtherEffect
{
    /// <summary>The tier's key.</summary>
    public required string Tier { get; init; }

    /// <summary>For so many days; null: until the next review.</summary>
    public int? Days { get; init; }

    /// <summary>Never to a lower tier than the member has.</summary>
    public bool OnlyUp { get; init; } = true;
}

/// <summary>Grants a badge.</summary>
public sealed record GiveBadge : OtherEffect
{
    /// <summary>The badge's key.</summary>
    public required string Badge { get; init; }

    /// <summary>Its name.</summary>
    public required LocalizedText Name { get; init; }
}

/// <summary>Moves a challenge forward.</summary>
public sealed record AdvanceChallenge : OtherEffect
{
    /// <summary>The challenge's key.</summary>
    public required string Challenge { get; init; }

    /// <summary>By how much.</summary>
    public int By { get; init; } = 1;

    /// <summary>When it is complete.</summary>
    public required int Goal { get; init; }
}

/// <summary>Sends a message.</summary>
public sealed record Notify : OtherEffect
{
    /// <summary>The message template's key.</summary>
    public required string Template { get; init; }
}

/// <summary>What a voucher is good for, fixed when it is issued.</summary>
public sealed record VoucherTemplate
{
    /// <summary>The template's key.</summary>
    public required string Key { get; init; }

    /// <summary>The name that the customer sees.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>Discounts that the voucher gives at the till; empty when it stands for a reward.</summary>
    public IReadOnlyList<Effect> Discounts { get; init; } = [];

    /// <summary>The catalogue reward that it stands for.</summary>
    public string? Reward { get; init; }

    /// <summary>A condition on the purchase it is used for, in the expression language.</summary>
    public string? Condition { get; init; }

    /// <summary>Days it can be used, the day it becomes valid included.</summary>
    public int ValidDays { get; init; } = 30;

    /// <summary>Days after issue before it can be used.</summary>
    public int StartsAfterDays { get; init; }

    /// <summary>How often it can be used.</summary>
    public int Uses { get; init; } = 1;

    /// <summary>Anyone may use it, not only the member it was issued to.</summary>
    public bool Transferable { get; init; }

    /// <summary>It stays reserved until the purchase that issued it is confirmed.</summary>
    public bool ReservedUntilConfirmed { get; init; }
}
