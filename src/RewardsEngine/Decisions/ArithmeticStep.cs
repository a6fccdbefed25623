using System.Text.Json.Serialization;
using RewardsEngine.Programs;

namespace RewardsEngine.Decisions;

/// <summary>What a rule reckoned with.</summary>
public enum BasisKind
{
    /// <summary>The sum of the order.</summary>
    Order,

    /// <summary>The sum of some lines.</summary>
    Lines,

    /// <summary>Units.</summary>
    Units,

    /// <summary>Delivery.</summary>
    Shipping,

    /// <summary>Points of other rules.</summary>
    Points,

    /// <summary>Points named by the activity.</summary>
    Requested,
}

/// <summary>One step of a rule's arithmetic.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(BasisStep), "basis")]
[JsonDerivedType(typeof(PercentStep), "percent")]
[JsonDerivedType(typeof(RateStep), "rate")]
[JsonDerivedType(typeof(FixedStep), "fixed")]
[JsonDerivedType(typeof(MultiplyStep), "multiply")]
[JsonDerivedType(typeof(RoundingStep), "rounding")]
[JsonDerivedType(typeof(CapStep), "cap")]
[JsonDerivedType(typeof(AllocationStep), "allocation")]
[JsonDerivedType(typeof(GivenStep), "given")]
public abstract record ArithmeticStep;

/// <summary>What was looked at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">An amount, units or points.</param>
/// <param name="Lines">The lines, unless it is all of them.</param>
public sealed record BasisStep(BasisKind Kind, decimal Value, IReadOnlyList<string> Lines) : ArithmeticStep;

/// <summary>A percentage of the basis.</summary>
/// <param name="Basis">Of what.</param>
/// <param name="Percent">The percentage.</param>
/// <param name="Product">The result before rounding.</param>
public sealed record PercentStep(decimal Basis, decimal Percent, decimal Product) : ArithmeticStep;

/// <summary>Points for an amount.</summary>
/// <param name="Basis">The amount.</param>
/// <param name="Points">Points for each <paramref name="Per"/>.</param>
/// <param name="Per">The amount for which they are given.</param>
/// <param name="FullSteps">Only full steps count.</param>
/// <param name="Product">Points before rounding.</param>
public sealed record RateStep(decimal Basis, decimal Points, decimal Per, bool FullSteps, decimal Product) : ArithmeticStep;

/// <summary>A fixed amount of money or points, a number of times.</summary>
/// <param name="Each">Each.</param>
/// <param name="Times">How many times.</param>
/// <param name="Product">Together.</param>
/// <param name="InPoints">Points, not money.</param>
public sealed record FixedStep(decimal Each, decimal Times, decimal Product, bool InPoints) : ArithmeticStep;

/// <summary>Points multiplied.</summary>
/// <param name="Basis">The points before.</param>
/// <param name="Factor">The factor.</param>
/// <param name="Product">The points after.</param>
/// <param name="Extra">What the multiplier adds.</param>
public sealed record MultiplyStep(decimal Basis, decimal Factor, decimal Product, decimal Extra) : ArithmeticStep;

/// <summary>Rounding. Left out where nothing changed.</summary>
/// <param name="Before">Before.</param>
/// <param name="After">After.</param>
/// <param name="Mode">How: <c>half_up</c>, <c>floor</c>, <c>ceiling</c>.</param>
/// <param name="InPoints">Points, not money.</param>
public sealed record RoundingStep(decimal Before, decimal After, string Mode, bool InPoints) : ArithmeticStep;

/// <summary>What limited a result.</summary>
public enum CapKind
{
    /// <summary>The effect's own maximum.</summary>
    Effect,

    /// <summary>What is left of the lines above zero or their floor.</summary>
    Price,

    /// <summary>The rule's cap on points.</summary>
    Rule,

    /// <summary>The programme's cap on points from all rules.</summary>
    Programme,

    /// <summary>The budget.</summary>
    Budget,

    /// <summary>The most that one activity may give at all.</summary>
    Ledger,

    /// <summary>What is left in stock.</summary>
    Stock,
}

/// <summary>A cap that took hold.</summary>
/// <param name="Kind">What limited.</param>
/// <param name="Span">The span it counts over, for caps on points.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Used">Used before.</param>
/// <param name="Before">The result before.</param>
/// <param name="After">The result after.</param>
/// <param name="InPoints">Points, not money.</param>
public sealed record CapStep(CapKind Kind, Span? Span, decimal Limit, decimal Used, decimal Before, decimal After, bool InPoints) : ArithmeticStep;

/// <summary>How a result was shared among lines.</summary>
/// <param name="Shares">Line by line.</param>
/// <param name="InPoints">Points, not money.</param>
public sealed record AllocationStep(IReadOnlyList<LineAmount> Shares, bool InPoints) : ArithmeticStep;

/// <summary>Something given that is neither discount nor points.</summary>
/// <param name="What"><c>item</c>, <c>voucher</c>, <c>tier</c>, <c>badge</c>, <c>challenge</c> or <c>message</c>.</param>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name, if customers have one for it.</param>
/// <param name="Count">How many.</param>
/// <param name="Until">The last day it is valid.</param>
public sealed record GivenStep(string What, string Key, Values.LocalizedText? Name, long Count, DateOnly? Until) : ArithmeticStep;
