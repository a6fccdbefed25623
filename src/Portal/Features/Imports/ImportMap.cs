using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Features.Imports;

/// <summary>Which column of a transaction file means what, and how its values are written.</summary>
public sealed record ImportMap
{
    /// <summary>A short name, shown where a layout was recognised.</summary>
    public string Name { get; init; } = "own";

    public required ImportColumns Columns { get; init; }

    /// <summary>.NET date patterns, tried in order.</summary>
    public IReadOnlyList<string> DateFormats { get; init; } = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd"];

    /// <summary>IANA zone in which the dates are written; null: the programme's.</summary>
    public string? Zone { get; init; }

    /// <summary>A document whose number begins so is a refund.</summary>
    public string? RefundPrefix { get; init; }

    /// <summary>Codes that are delivery, fees or corrections: they belong to the document but earn nothing.</summary>
    public IReadOnlyList<string> NotGoods { get; init; } = [];

    /// <summary>The channel noted with every document.</summary>
    public string? Channel { get; init; }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="ImportProblem">The text is not a mapping.</exception>
    public static ImportMap Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ImportMap>(json, Json) ?? throw new ImportProblem("map.empty");
        }
        catch (JsonException e)
        {
            throw new ImportProblem("map.invalid", e.Message);
        }
    }

    /// <summary>The shipped layouts, each the example of a map file too.</summary>
    public static IReadOnlyList<ImportMap> Layouts { get; } = LoadLayouts();

    /// <summary>The layout whose columns all stand in the header; null when none does.</summary>
    public static ImportMap? Recognise(IReadOnlyCollection<string> header) =>
        Layouts.FirstOrDefault(layout => layout.Columns.Named().All(c => header.Contains(c, StringComparer.OrdinalIgnoreCase)));

    private static List<ImportMap> LoadLayouts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames().Where(n => n.StartsWith("import-layouts/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                return Parse(reader.ReadToEnd());
            }),
        ];
    }
}

/// <summary>Header names. What is not named is not in the file.</summary>
public sealed record ImportColumns
{
    public required string Document { get; init; }
    public required string Date { get; init; }
    public required string Sku { get; init; }
    public required string Quantity { get; init; }
    public required string UnitPrice { get; init; }
    public string? Customer { get; init; }
    public string? Description { get; init; }
    public string? Category { get; init; }
    public string? Brand { get; init; }
    public string? Store { get; init; }

    public IEnumerable<string> Named() =>
        new[] { Document, Date, Sku, Quantity, UnitPrice, Customer, Description, Category, Brand, Store }.OfType<string>();
}

/// <summary>A reason why a file cannot be imported at all: shown to the person, nothing was stored.</summary>
public sealed class ImportProblem(string code, params object[] values) : Exception($"{code} {string.Join(' ', values)}".TrimEnd())
{
    public string Code { get; } = code;

    public IReadOnlyList<object> Values { get; } = values;
}
