using System.Collections.Immutable;
using System.Numerics;

namespace RewardsEngine.Conditions.Matching;

/// <summary>What the rules of one table have in common: which values they are looked up by, and which bound they are sorted by.</summary>
/// <param name="Keys">The texts outside lines that are looked up together, by slot.</param>
/// <param name="ListKey">The one among them that may hold several texts; -1 when none does.</param>
/// <param name="LineField">The line field that is looked up; -1 when none is.</param>
/// <param name="SumField">The line number whose sum is compared; -1 when only the presence counts.</param>
/// <param name="RangeSlot">The number outside lines whose lower bound sorts the rules; -1 when none does.</param>
/// <param name="MaskField">The line field whose presence is tested by bits; -1 when none is.</param>
internal sealed record Shape(ImmutableArray<int> Keys, int ListKey, int LineField, int SumField, int RangeSlot, int MaskField)
{
    public bool Equals(Shape? other) => other is not null && Keys.SequenceEqual(other.Keys)
        && (ListKey, LineField, SumField, RangeSlot, MaskField) == (other.ListKey, other.LineField, other.SumField, other.RangeSlot, other.MaskField);

    public override int GetHashCode() => Keys.Aggregate(HashCode.Combine(ListKey, LineField, SumField, RangeSlot, MaskField), HashCode.Combine);
}

/// <summary>How the numbers of a table's texts are packed into one key: so many bits each.</summary>
internal sealed class Layout
{
    /// <summary>The most bits that the texts of a rule may take when it is read.</summary>
    public const int MaxBits = 48;

    private const int AlwaysDenseBits = 10;

    public Layout(Shape shape, Symbols symbols)
    {
        Shape = shape;
        var shifts = ImmutableArray.CreateBuilder<int>();
        var bits = ImmutableArray.CreateBuilder<int>();
        var at = 0;
        foreach (var slot in shape.Keys)
        {
            shifts.Add(at);
            bits.Add(Width(slot, isLine: false, symbols));
            at += bits[^1];
        }
        LineShift = at;
        LineBits = shape.LineField < 0 ? 0 : Width(shape.LineField, isLine: true, symbols);
        (Shifts, Bits, TotalBits) = (shifts.ToImmutable(), bits.ToImmutable(), at + LineBits);
    }

    public Shape Shape { get; }

    public ImmutableArray<int> Shifts { get; }

    public ImmutableArray<int> Bits { get; }

    public int LineShift { get; }

    public int LineBits { get; }

    public int TotalBits { get; }

    /// <summary>Whether keys fit 64 bits at all. Rules choose at most <see cref="MaxBits"/>, which leaves room for texts that intake adds meanwhile.</summary>
    public bool Fits => TotalBits <= 63;

    public bool IsDense(int entries) => TotalBits <= AlwaysDenseBits || TotalBits <= 24 && 1 << TotalBits <= entries * 64;

    public bool Holds(ImmutableArray<int> codes, int lineCode)
    {
        for (var i = 0; i < codes.Length; i++)
            if (codes[i] >> Bits[i] != 0) return false;
        return lineCode >> LineBits == 0;
    }

    public ulong Pack(ImmutableArray<int> codes, int lineCode)
    {
        var key = (ulong)lineCode << LineShift;
        for (var i = 0; i < codes.Length; i++) key |= (ulong)codes[i] << Shifts[i];
        return key;
    }

    /// <summary>The bits that the numbers of a field take now.</summary>
    public static int Width(int index, bool isLine, Symbols symbols) => Width(symbols.Of(isLine, index)?.Bound ?? 3);

    private static int Width(int bound) => BitOperations.Log2((uint)bound) + 1;
}
