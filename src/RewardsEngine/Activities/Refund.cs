using System.Text.Json.Serialization;

namespace RewardsEngine.Activities;

/// <summary>A return: of a whole sale, of some of its units, or of an amount.</summary>
public sealed record Refund : Activity
{
    /// <summary>The reference of the sale; null when the till does not know it.</summary>
    public string? PurchaseReference { get; init; }

    /// <summary>What came back.</summary>
    public required Returned Returned { get; init; }

    /// <summary>Money given back beside the goods: delivery, fees. Below zero: kept back. It moves no points, as it earned none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Fees { get; init; }

    /// <summary>Where it was returned.</summary>
    public string? Channel { get; init; }

    /// <summary>The store's key.</summary>
    public string? Store { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.Refund;
}

/// <summary>What a refund gives back.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(WholeSale), "whole")]
[JsonDerivedType(typeof(SomeLines), "lines")]
[JsonDerivedType(typeof(SomeAmount), "amount")]
public abstract record Returned;

/// <summary>Everything of the sale that was not returned yet.</summary>
public sealed record WholeSale : Returned;

/// <summary>Units of single lines.</summary>
/// <param name="Lines">The lines; each names the line of the sale, or only the sku when no sale is named.</param>
public sealed record SomeLines(IReadOnlyList<ReturnedLine> Lines) : Returned;

/// <summary>An amount of money, spread over what is left of the sale.</summary>
/// <param name="Amount">In the sale's currency, greater than zero.</param>
public sealed record SomeAmount(decimal Amount) : Returned;

/// <summary>Units of one line that came back.</summary>
/// <param name="Sku">The product.</param>
/// <param name="Quantity">Units, at least 1.</param>
/// <param name="LineId">The line of the sale; null: matched by sku, first line first.</param>
/// <param name="Amount">The money given back for them, when it is not the units' share of the price paid.</param>
public sealed record ReturnedLine(string Sku, int Quantity, string? LineId = null, decimal? Amount = null);
