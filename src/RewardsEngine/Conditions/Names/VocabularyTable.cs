using System.Text;

namespace RewardsEngine.Conditions;

/// <summary>The names of a vocabulary as a Markdown table, for the documentation.</summary>
public static class VocabularyTable
{
    /// <summary>One row per name, then the counters.</summary>
    /// <param name="vocabulary">The names.</param>
    /// <param name="language"><c>id</c> or <c>en</c>.</param>
    public static string Markdown(Vocabulary vocabulary, string language)
    {
        var indonesian = language.StartsWith("id", StringComparison.OrdinalIgnoreCase);
        var table = new StringBuilder(indonesian ? "| nama | jenis | satuan | arti |\n" : "| name | type | unit | meaning |\n").Append("|---|---|---|---|\n");
        foreach (var field in vocabulary.Fields)
        {
            var choices = field.Choices.IsEmpty ? "" : $" ({string.Join(", ", field.Choices)})";
            Row(table, field.Name, field.Type, field.Unit, field.Description.In(language) + choices);
        }
        foreach (var counter in Enum.GetValues<Counter>())
        {
            foreach (var measure in Enum.GetValues<Measure>().Where(m => CounterKey.Has(counter, m)))
            {
                var key = new CounterKey(counter, new(30, Syntax.TimeSpanUnit.Days), measure);
                Row(table, key.ToString(), key.Type, key.Unit, indonesian ? "Dalam jangka waktu sebelum kejadian, tanpa kejadian itu sendiri." : "Over the time before the event, without the event itself.");
            }
        }
        return table.ToString();
    }

    private static void Row(StringBuilder table, string name, FactType type, FactUnit unit, string meaning) =>
        table.Append($"| `{name}` | {Word(type)} | {(unit == FactUnit.None ? "–" : unit.ToString().ToLowerInvariant())} | {meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");

    private static string Word(FactType type) => type switch
    {
        FactType.TextList => "texts",
        FactType.Path => "category path(s)",
        FactType.Flag => "true/false",
        FactType.Duration => "time span",
        _ => type.ToString().ToLowerInvariant(),
    };
}
