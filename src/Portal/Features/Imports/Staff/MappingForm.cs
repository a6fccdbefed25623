using Portal.Platform;

namespace Portal.Features.Imports.Staff;

/// <summary>The mapping of columns as chosen on the page.</summary>
public sealed class MappingForm
{
    public static readonly IReadOnlyList<string> TransactionFields = ["Document", "Date", "Sku", "Quantity", "UnitPrice", "Customer", "Description", "Category", "Brand", "Store"];
    public static readonly IReadOnlyList<string> MemberFields = ["Number", "Email", "Name", "Phone", "Birthday", "Street", "City", "PostalCode", "Company", "Language"];
    private const int NeededTransactionFields = 5;

    /// <summary>Column by field; empty: not in the file.</summary>
    public Dictionary<string, string?> Columns { get; set => field = value ?? []; } = [];

    public string? DateFormats { get; set; }
    public string? Zone { get; set; }
    public string? RefundPrefix { get; set; }
    public string? NotGoods { get; set; }
    public string? Channel { get; set; }

    /// <summary>The button: <c>check</c> or <c>run</c>.</summary>
    public string? Do { get; set; }

    public static bool IsNeeded(ImportKind kind, string field) => kind == ImportKind.Transactions && TransactionFields.Take(NeededTransactionFields).Contains(field);

    public static MappingForm Of(ImportRow import)
    {
        if (import.Kind == ImportKind.Members)
        {
            var members = import.Map is null ? new() : MemberMap.Parse(import.Map);
            return new()
            {
                Columns = new()
                {
                    ["Number"] = members.Number,
                    ["Email"] = members.Email,
                    ["Name"] = members.Name,
                    ["Phone"] = members.Phone,
                    ["Birthday"] = members.Birthday,
                    ["Street"] = members.Street,
                    ["City"] = members.City,
                    ["PostalCode"] = members.PostalCode,
                    ["Company"] = members.Company,
                    ["Language"] = members.Language,
                },
                DateFormats = string.Join("; ", members.DateFormats),
            };
        }
        var map = import.Map is null ? new() { Columns = new() { Document = "", Date = "", Sku = "", Quantity = "", UnitPrice = "" } } : ImportMap.Parse(import.Map);
        return new()
        {
            Columns = new()
            {
                ["Document"] = map.Columns.Document,
                ["Date"] = map.Columns.Date,
                ["Sku"] = map.Columns.Sku,
                ["Quantity"] = map.Columns.Quantity,
                ["UnitPrice"] = map.Columns.UnitPrice,
                ["Customer"] = map.Columns.Customer,
                ["Description"] = map.Columns.Description,
                ["Category"] = map.Columns.Category,
                ["Brand"] = map.Columns.Brand,
                ["Store"] = map.Columns.Store,
            },
            DateFormats = string.Join("; ", map.DateFormats),
            Zone = map.Zone,
            RefundPrefix = map.RefundPrefix,
            NotGoods = string.Join("; ", map.NotGoods),
            Channel = map.Channel,
        };
    }

    /// <summary>The mapping as stored, or what is missing, by the field's path.</summary>
    public Result<string> Read(ImportRow import)
    {
        var wrong = new List<Refusal>();
        foreach (var field in import.Kind == ImportKind.Members ? MemberFields : TransactionFields)
        {
            if (IsNeeded(import.Kind, field) && Column(field) is null)
                wrong.Add(new("map.needed", "columns." + field));
        }
        if (import.Kind == ImportKind.Members && Column("Number") is null && Column("Email") is null)
            wrong.Add(new("map.who", "columns.Number"));
        if (!string.IsNullOrWhiteSpace(Zone) && !TimeZoneInfo.TryFindSystemTimeZoneById(Zone.Trim(), out _))
            wrong.Add(new("map.zone", "zone", Zone));
        if (List(DateFormats).Count == 0)
            wrong.Add(new("map.needed", "dateFormats"));
        if (wrong.Count > 0)
            return Result<string>.Refused(wrong);
        return import.Kind == ImportKind.Members ? Members().ToJson() : Transactions(import).ToJson();
    }

    private MemberMap Members() => new()
    {
        Number = Column("Number"),
        Email = Column("Email"),
        Name = Column("Name"),
        Phone = Column("Phone"),
        Birthday = Column("Birthday"),
        Street = Column("Street"),
        City = Column("City"),
        PostalCode = Column("PostalCode"),
        Company = Column("Company"),
        Language = Column("Language"),
        DateFormats = List(DateFormats),
    };

    private ImportMap Transactions(ImportRow import) => new()
    {
        Name = import.Map is null ? "own" : ImportMap.Parse(import.Map).Name,
        Columns = new()
        {
            Document = Column("Document")!,
            Date = Column("Date")!,
            Sku = Column("Sku")!,
            Quantity = Column("Quantity")!,
            UnitPrice = Column("UnitPrice")!,
            Customer = Column("Customer"),
            Description = Column("Description"),
            Category = Column("Category"),
            Brand = Column("Brand"),
            Store = Column("Store"),
        },
        DateFormats = List(DateFormats),
        Zone = Optional(Zone),
        RefundPrefix = Optional(RefundPrefix),
        NotGoods = List(NotGoods),
        Channel = Optional(Channel),
    };

    private string? Column(string field) => Optional(Columns.GetValueOrDefault(field));

    private static string? Optional(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static List<string> List(string? text) => [.. (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
