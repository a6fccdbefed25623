namespace RewardsEngine.Conditions.Matching;

/// <summary>The facts of one event as whole numbers: what intake stores and rule indexes match. Texts are the numbers of <see cref="Symbols"/>, numbers and amounts ten-thousandths, days day numbers.</summary>
public readonly struct EncodedFacts
{
    /// <summary>A number or date that was not given. A text that was not given is 0.</summary>
    internal const long Missing = long.MinValue;

    /// <summary>Values per line: one for each field of a line.</summary>
    internal const int LineWidth = 9;

    /// <summary>What a number is multiplied by.</summary>
    internal const int Scale = 10_000;

    /// <summary>Larger numbers (in ten-thousandths) are judged without the index, so that sums over lines cannot overflow.</summary>
    internal const long MaxIndexed = 1_000_000_000_000_000;

    internal EncodedFacts(long[] data, long[] lists, int slotCount, int lineCount, bool hasLines, bool isIndexable, Facts? origin = null)
    {
        Data = data;
        Lists = lists;
        SlotCount = slotCount;
        LineCount = lineCount;
        HasLines = hasLines;
        IsIndexable = isIndexable;
        Origin = origin;
    }

    /// <summary>The values outside lines, then so many per line as there are fields.</summary>
    internal long[] Data { get; }

    /// <summary>Lists of texts: the count, then the numbers. A value points here as minus one minus the position.</summary>
    internal long[] Lists { get; }

    internal int SlotCount { get; }

    internal int LineCount { get; }

    internal bool HasLines { get; }

    /// <summary>Whether every number is exact and small enough to be summed.</summary>
    internal bool IsIndexable { get; }

    /// <summary>The facts themselves, kept only when a number has more decimals than are stored.</summary>
    internal Facts? Origin { get; }

    internal ReadOnlySpan<long> Line(int line) => Data.AsSpan(SlotCount + line * LineWidth, LineWidth);

    internal ReadOnlySpan<long> List(long value) => Lists.AsSpan((int)(-value), (int)Lists[(int)(-1 - value)]);

    /// <summary>The facts these numbers stand for.</summary>
    /// <param name="symbols">The symbols they were encoded with.</param>
    public Facts Decode(Symbols symbols)
    {
        if (Origin is not null) return Origin;
        var facts = new FactsBuilder(symbols.Vocabulary);
        foreach (var field in symbols.Vocabulary.Fields)
            if (!field.IsLine && field.Index < SlotCount) facts.Set(field, Value(field, Data[field.Index], symbols));
        foreach (var (key, slot) in symbols.Counters)
            if (slot < SlotCount && Data[slot] != Missing) facts.Set(key, (decimal)Data[slot] / Scale);
        if (HasLines) facts.WithLines();
        for (var line = 0; line < LineCount; line++)
        {
            facts.AddLine();
            foreach (var field in Fields.All)
                if (field.IsLine) facts.SetLine(line, field, Value(field, Line(line)[field.Index], symbols));
        }
        return facts.Build();
    }

    private FactValue Value(Field field, long value, Symbols symbols) => field.Type switch
    {
        FactType.Flag => value == 0 ? default : FactValue.Of((bool?)(value == 2)),
        FactType.Text => value == 0 ? default : FactValue.Of(symbols.Of(field).Text((int)value)),
        FactType.TextList => value == 0 ? default : FactValue.Of(Texts(field, value, symbols)),
        FactType.Path => value == 0 ? default : FactValue.OfPaths(Texts(field, value, symbols)),
        _ when value == Missing => default,
        FactType.Number => FactValue.Of((decimal)value / Scale),
        FactType.Money => FactValue.OfMoney((decimal)value / Scale),
        FactType.Date => FactValue.Of((DateOnly?)DateOnly.FromDayNumber((int)value)),
        _ => FactValue.OfMinutes(value),
    };

    private string[] Texts(Field field, long value, Symbols symbols)
    {
        var table = symbols.Of(field);
        if (value > 0) return [table.Text((int)value)];
        var list = List(value);
        var texts = new string[list.Length];
        for (var i = 0; i < texts.Length; i++) texts[i] = table.Text((int)list[i]);
        return texts;
    }
}
