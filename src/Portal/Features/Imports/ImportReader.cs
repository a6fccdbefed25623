using System.Globalization;
using CsvHelper;

namespace Portal.Features.Imports;

/// <summary>Reads a transaction file document by document, without holding the file in memory. A bad line spoils only itself.</summary>
internal sealed class ImportReader(ImportMap map, TimeZoneInfo zone)
{
    private const int MaxText = 200;

    /// <summary>Lines of one document may stand this far apart: tills write into one file side by side.</summary>
    private const int Apart = 2_000;

    private readonly HashSet<string> notGoods = new(map.NotGoods, StringComparer.Ordinal);

    /// <summary>The header of a file, to recognise its layout by.</summary>
    /// <exception cref="ImportProblem">There is no header.</exception>
    public static IReadOnlyList<string> Header(Stream file)
    {
        using var csv = Open(file, leaveOpen: true);
        csv.ReadHeader();
        return csv.Headers is { Count: > 1 } headers ? headers : throw new ImportProblem("file.noheader");
    }

    /// <exception cref="ImportProblem">A mapped column is missing.</exception>
    public IEnumerable<ImportDocument> Read(Stream file)
    {
        using var csv = Open(file, leaveOpen: false);
        csv.ReadHeader();
        var columns = new Columns(csv, map.Columns);
        // By number, and in the order of their latest line: the order in which they are handed on, which a resumed import relies on.
        var open = new Dictionary<string, LinkedListNode<Draft>>(StringComparer.Ordinal);
        var order = new LinkedList<Draft>();
        while (csv.Read())
        {
            var line = csv.LineNumber;
            while (order.First is { Value: var oldest } && oldest.LastLine < line - Apart)
                yield return Close(oldest);
            var number = Text(csv, columns.Document);
            if (number is null || number.Length > MaxText)
            {
                // It belongs to no document; the one before it carries the refusal.
                (order.Last ?? order.AddLast(new Draft(null, line))).Value.Refuse(new(line, number, "document", number));
                continue;
            }
            if (open.TryGetValue(number, out var draft))
                order.Remove(draft);
            else
                open[number] = draft = new(new Draft(number, line));
            order.AddLast(draft);
            Take(csv, columns, draft.Value, line);
        }
        while (order.First is { Value: var rest })
            yield return Close(rest);

        ImportDocument Close(Draft done)
        {
            order.RemoveFirst();
            if (done.Number is { } known)
                open.Remove(known);
            return done.Done(map);
        }
    }

    private void Take(CsvReader csv, Columns columns, Draft draft, long line)
    {
        draft.LastLine = line;
        var isRefund = IsRefund(draft.Number!);
        if (!TryDate(Text(csv, columns.Date), out var at))
        {
            draft.Refuse(new(line, draft.Number, "date", Text(csv, columns.Date)));
            return;
        }
        var sku = Text(csv, columns.Sku);
        if (sku is null || sku.Length > 64)
        {
            draft.Refuse(new(line, draft.Number, "sku", sku));
            return;
        }
        var isGoods = !notGoods.Contains(sku);
        var quantityText = Text(csv, columns.Quantity);
        if (!int.TryParse(quantityText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quantity) || quantity is 0 or > 1_000_000 or < -1_000_000)
        {
            draft.Refuse(new(line, draft.Number, "quantity", quantityText));
            return;
        }
        // A refund carries negative quantities; a sale of less than nothing is a stock correction, not a sale.
        if (isRefund)
            quantity = -quantity;
        if (isGoods && quantity < 0)
        {
            draft.Refuse(new(line, draft.Number, isRefund ? "quantity.refund" : "quantity.sale", quantityText));
            return;
        }
        var priceText = Text(csv, columns.UnitPrice);
        if (!decimal.TryParse(priceText, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            || price is < 0 or > 1_000_000_000_000m || decimal.Round(price, 4) != price)
        {
            draft.Refuse(new(line, draft.Number, "price", priceText));
            return;
        }
        var customer = Text(csv, columns.Customer);
        if (!draft.Accept(at, customer, Text(csv, columns.Store)))
        {
            draft.Refuse(new(line, draft.Number, "customer.differs", customer));
            return;
        }
        var read = new ImportLine(line, sku, Cut(Text(csv, columns.Description), MaxText), Cut(Text(csv, columns.Category), MaxText), Cut(Text(csv, columns.Brand), MaxText), quantity, price);
        (isGoods ? draft.Goods : draft.NotGoods).Add(read);
    }

    private bool IsRefund(string number) => map.RefundPrefix is { Length: > 0 } prefix && number.StartsWith(prefix, StringComparison.Ordinal);

    private bool TryDate(string? text, out DateTime utc)
    {
        utc = default;
        if (text is null)
            return false;
        foreach (var format in map.DateFormats)
        {
            if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read))
                continue;
            if (read.Year is < 1900 or > 2199)
                return false;
            if (read.Kind == DateTimeKind.Unspecified && zone.IsInvalidTime(read))
                read = read.AddHours(1); // the hour that the clocks skip
            utc = read.Kind == DateTimeKind.Unspecified ? TimeZoneInfo.ConvertTimeToUtc(read, zone) : read.ToUniversalTime();
            return true;
        }
        return false;
    }

    private static string? Text(CsvReader csv, int? column)
    {
        if (column is not { } at || at >= csv.FieldCount)
            return null;
        var text = csv.GetString(at).Trim();
        return text.Length == 0 ? null : text;
    }

    private static string? Cut(string? text, int most) => text is { } t && t.Length > most ? t[..most] : text;

    /// <exception cref="ImportProblem">There is no such column.</exception>
    internal static int Find(CsvReader csv, string name)
    {
        for (var i = 0; i < csv.Headers.Count; i++)
            if (string.Equals(csv.Headers[i].Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase))
                return i;
        throw new ImportProblem("map.column", name);
    }

    /// <summary>The header and the first lines, to choose columns by.</summary>
    /// <exception cref="ImportProblem">There is no header.</exception>
    public static (IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows) Sample(Stream file, int rows)
    {
        using var csv = Open(file, leaveOpen: true);
        csv.ReadHeader();
        var header = csv.Headers is { Count: > 1 } headers ? headers.ToList() : throw new ImportProblem("file.noheader");
        var read = new List<IReadOnlyList<string>>();
        while (read.Count < rows && csv.Read())
            read.Add([.. Enumerable.Range(0, Math.Min(csv.FieldCount, header.Count)).Select(csv.GetString)]);
        return (header, read);
    }

    internal static CsvReader Open(Stream file, bool leaveOpen) =>
        CsvReader.Create(file, new CsvReaderOptions { HasHeader = true, TrackLineNumbers = true, SkipEmptyLines = true, FieldCountMismatch = CsvFieldCountHandling.Allow, MalformedData = CsvMalformedDataHandling.Recover }, leaveOpen);

    private sealed class Columns(CsvReader csv, ImportColumns names)
    {
        public int Document { get; } = Required(csv, names.Document);
        public int Date { get; } = Required(csv, names.Date);
        public int Sku { get; } = Required(csv, names.Sku);
        public int Quantity { get; } = Required(csv, names.Quantity);
        public int UnitPrice { get; } = Required(csv, names.UnitPrice);
        public int? Customer { get; } = Optional(csv, names.Customer);
        public int? Description { get; } = Optional(csv, names.Description);
        public int? Category { get; } = Optional(csv, names.Category);
        public int? Brand { get; } = Optional(csv, names.Brand);
        public int? Store { get; } = Optional(csv, names.Store);

        private static int Required(CsvReader csv, string name) => Optional(csv, name) ?? throw new ImportProblem("map.column", name);

        private static int? Optional(CsvReader csv, string? name) => name is null ? null : Find(csv, name);
    }

    private sealed class Draft(string? number, long firstLine)
    {
        private readonly long first = firstLine;
        private readonly List<LineRefusal> refused = [];
        private DateTime? at;
        private string? customer;
        private string? store;

        public string? Number => number;
        public long LastLine { get; set; } = firstLine;
        public List<ImportLine> Goods { get; } = [];
        public List<ImportLine> NotGoods { get; } = [];

        public void Refuse(LineRefusal refusal) => refused.Add(refusal);

        /// <returns>False when the line belongs to another customer than the document's first line.</returns>
        public bool Accept(DateTime lineAt, string? lineCustomer, string? lineStore)
        {
            if (at is null)
            {
                (at, customer, store) = (lineAt, lineCustomer, lineStore);
                return true;
            }
            return customer == lineCustomer;
        }

        public ImportDocument Done(ImportMap map) => new()
        {
            Reference = number ?? "",
            IsRefund = number is not null && map.RefundPrefix is { Length: > 0 } prefix && number.StartsWith(prefix, StringComparison.Ordinal),
            FirstLine = first,
            LastLine = LastLine,
            OccurredAt = at ?? default,
            Customer = customer,
            Store = store,
            Goods = Goods,
            NotGoods = NotGoods,
            Refused = refused,
        };
    }
}
