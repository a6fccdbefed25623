using System.Numerics;

namespace RewardsEngine.Conditions.Matching;

/// <summary>What the rules of one table have in common: which values they are looked up by, and which bound they are sorted by.</summary>
/// <param name="Keys">The texts outside lines that are looked up together, by slot.</param>
/// <param name="ListKey">The one among them that may hold several texts; -1 when none does.</param>
/// <param name="LineField">The line field that is looked up; -1 when none is.</param>
/// <param name="SumField">The line number whose sum is compared; -1 when only the presence counts.</param>
/// <param name="RangeSlot">The number outside lines whose lower bound sorts the rules; -1 when none does.</param>
/// <param name="MaskField">The line field whose presence is tested by bits; -1 when none is.</param>
internal sealed record Shape(int[] Keys, int ListKey, int LineField, int SumField, int RangeSlot, int MaskField)
{
    public bool Equals(Shape? other) => other is not null && ListKey == other.ListKey && LineField == other.LineField && SumField == other.SumField
        && RangeSlot == other.RangeSlot && MaskField == other.MaskField && Keys.AsSpan().SequenceEqual(other.Keys);

    public override int GetHashCode()
    {
        var hash = (((ListKey * 31 + LineField) * 31 + SumField) * 31 + RangeSlot) * 31 + MaskField;
        foreach (var key in Keys) hash = hash * 31 + key;
        return hash;
    }
}

/// <summary>Where the number of a text lies in a packed key.</summary>
internal readonly record struct KeyPart(int Slot, int Bits, int Shift);

/// <summary>How the numbers of a table's texts are packed into one key: so many bits each.</summary>
internal sealed class Layout
{
    /// <summary>The most bits that the texts of a rule may take.</summary>
    public const int MaxBits = 48;

    public Layout(Shape shape, Symbols symbols)
    {
        Shape = shape;
        Keys = new KeyPart[shape.Keys.Length];
        var at = 0;
        for (var i = 0; i < Keys.Length; i++)
        {
            Keys[i] = new(shape.Keys[i], Width(shape.Keys[i], isLine: false, symbols), at);
            at += Keys[i].Bits;
        }
        LineShift = at;
        LineBits = shape.LineField < 0 ? 0 : Width(shape.LineField, isLine: true, symbols);
        TotalBits = at + LineBits;
    }

    public Shape Shape { get; }

    public KeyPart[] Keys { get; }

    public int LineShift { get; }

    public int LineBits { get; }

    public int TotalBits { get; }

    /// <summary>Whether keys are packed alike.</summary>
    public bool IsLike(Layout other) => LineBits == other.LineBits && Keys.AsSpan().SequenceEqual(other.Keys);

    /// <summary>A key of another layout of the same shape, packed in this one.</summary>
    public ulong Repack(ulong key, Layout from)
    {
        var packed = key >> from.LineShift << LineShift;
        for (var i = 0; i < Keys.Length; i++) packed |= (key >> from.Keys[i].Shift & (1UL << from.Keys[i].Bits) - 1) << Keys[i].Shift;
        return packed;
    }

    /// <summary>The bits that the numbers of a field take now.</summary>
    public static int Width(int index, bool isLine, Symbols symbols) => Width(symbols.Of(isLine, index)?.Bound ?? 3);

    private static int Width(int bound) => BitOperations.Log2((uint)bound) + 1;
}
