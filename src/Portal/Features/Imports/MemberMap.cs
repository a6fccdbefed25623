using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Features.Imports;

/// <summary>Which column of a member file means what. At least a number or an address is needed, to know a member by.</summary>
public sealed record MemberMap
{
    public string? Number { get; init; }
    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Birthday { get; init; }
    public string? Street { get; init; }
    public string? City { get; init; }
    public string? PostalCode { get; init; }
    public string? Company { get; init; }
    public string? Language { get; init; }

    /// <summary>.NET date patterns of the birthday, tried in order.</summary>
    public IReadOnlyList<string> DateFormats { get; init; } = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "dd-MM-yyyy"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    // What the columns are usually called; the first that stands in the header is taken.
    private static readonly Dictionary<string, string[]> Usual = new(StringComparer.Ordinal)
    {
        [nameof(Number)] = ["number", "customer", "customerid", "customer_id", "customer number", "member", "nomor", "no_pelanggan", "id"],
        [nameof(Email)] = ["email", "e-mail", "mail", "surel"],
        [nameof(Name)] = ["name", "full name", "full_name", "nama", "nama lengkap"],
        [nameof(Phone)] = ["phone", "mobile", "telephone", "telepon", "hp", "no_hp"],
        [nameof(Birthday)] = ["birthday", "birth date", "date_of_birth", "dob", "tanggal lahir", "tgl_lahir"],
        [nameof(Street)] = ["street", "address", "alamat"],
        [nameof(City)] = ["city", "kota"],
        [nameof(PostalCode)] = ["postal_code", "postcode", "zip", "kode pos", "kode_pos"],
        [nameof(Company)] = ["company", "perusahaan"],
        [nameof(Language)] = ["language", "bahasa"],
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="ImportProblem">The text is not a mapping.</exception>
    public static MemberMap Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<MemberMap>(json, Json) ?? throw new ImportProblem("map.empty");
        }
        catch (JsonException e)
        {
            throw new ImportProblem("map.invalid", e.Message);
        }
    }

    /// <summary>The mapping by the usual names; null when no member could be known by it.</summary>
    public static MemberMap? Recognise(IReadOnlyCollection<string> header)
    {
        string? Column(string field) => Usual[field].Select(name => header.FirstOrDefault(h => string.Equals(h.Trim(), name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(h => h is not null);
        var map = new MemberMap
        {
            Number = Column(nameof(Number)),
            Email = Column(nameof(Email)),
            Name = Column(nameof(Name)),
            Phone = Column(nameof(Phone)),
            Birthday = Column(nameof(Birthday)),
            Street = Column(nameof(Street)),
            City = Column(nameof(City)),
            PostalCode = Column(nameof(PostalCode)),
            Company = Column(nameof(Company)),
            Language = Column(nameof(Language)),
        };
        return map.Number is null && map.Email is null ? null : map;
    }
}
