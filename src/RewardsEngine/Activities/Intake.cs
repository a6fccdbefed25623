using RewardsEngine.Accounting;
using RewardsEngine.Conditions;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Activities;

/// <summary>Why an activity is not taken in.</summary>
/// <param name="Path">The field: <c>lines[0].quantity</c>.</param>
/// <param name="Message">What is wrong and what is expected.</param>
public sealed record IntakeFault(string Path, LocalizedText Message);

/// <summary>The bounds inside which every decision can be made. What lies outside is refused where it enters.</summary>
public static class Intake
{
    /// <summary>Lines of one purchase.</summary>
    public const int MaxLines = 10_000;

    /// <summary>Units of one line.</summary>
    public const int MaxQuantity = 1_000_000;

    /// <summary>Units of one purchase, all lines together.</summary>
    public const int MaxUnits = 1_000_000_000;

    /// <summary>Any amount of a purchase.</summary>
    public const decimal MaxAmount = 1_000_000_000_000m;

    /// <summary>Characters of references, codes and keys.</summary>
    public const int MaxText = 200;

    // A day inside the years that conditions know: in every zone it is still one of them.
    private static readonly DateTime First = ConditionLimits.FirstDate.AddDays(1).ToDateTime(TimeOnly.MinValue);
    private static readonly DateTime Last = ConditionLimits.LastDate.ToDateTime(TimeOnly.MinValue);

    /// <summary>Among so few lines a repeated id is found without a table.</summary>
    private const int FewLines = 12;

    /// <summary>Everything that is wrong with an activity; empty when it can be decided.</summary>
    public static IReadOnlyList<IntakeFault> Check(Activity activity, Programme programme)
    {
        var faults = new List<IntakeFault>();
        void Add(string path, string id, string en) => faults.Add(new(path, new(id, en)));

        if (string.IsNullOrWhiteSpace(activity.Reference) || activity.Reference.Length > MaxText) Add("reference", "1–200 karakter.", "1–200 characters.");
        if (activity.OccurredAt.Kind == DateTimeKind.Local || activity.OccurredAt < First || activity.OccurredAt >= Last)
            Add("occurredAt", "Waktu UTC antara tahun 1900 dan 2199.", "A UTC time between the years 1900 and 2199.");
        if (activity is Refund { Fees: var fees } && IsOut(Math.Abs(fees))) Amount("fees", Add);
        switch (activity)
        {
            case Purchase purchase: Check(purchase, programme, Add); break;
            case Payment payment when IsOut(payment.Amount): Amount("amount", Add); break;
            case ComplaintResolved complaint:
                Within(complaint.Points, 0, Ledger.MaxPoints, "points", Add);
                if (complaint.OpenForMinutes is { } minutes) Within(minutes, 0, (long)ConditionLimits.MaxNumber, "openForMinutes", Add);
                break;
            case PointsExpiring expiring: Within(expiring.Points, 0, Ledger.MaxBalance, "points", Add); break;
            case Custom custom:
                foreach (var (name, value) in custom.Fields)
                    if (IsOut(value)) Add($"fields.{name}", OutId, OutEn);
                break;
            case Refund { Returned: SomeAmount { Amount: <= 0 or > MaxAmount } }: Amount("returned.amount", Add); break;
            case Refund { Returned: SomeLines lines } when lines.Lines.Count == 0 || lines.Lines.Any(line => line.Quantity is < 1 or > MaxQuantity):
                Add("returned.lines", "Setiap baris perlu jumlah 1 sampai 1.000.000.", "Each line needs a quantity from 1 to 1,000,000.");
                break;
        }
        return faults;
    }

    private static void Check(Purchase purchase, Programme programme, Action<string, string, string> add)
    {
        if (purchase.Currency.Code != programme.Currency.Code)
            add("currency", $"Harus {programme.Currency.Code}.", $"Must be {programme.Currency.Code}.");
        if (purchase.Lines.Count > MaxLines) add("lines", "Paling banyak 10.000 baris.", "At most 10,000 lines.");
        if (IsOut(purchase.Shipping)) Amount("shipping", add);
        var ids = purchase.Lines.Count > FewLines ? new HashSet<string>(StringComparer.Ordinal) : null;
        var (sum, units) = (0m, 0L);
        for (var index = 0; index < purchase.Lines.Count; index++)
        {
            var line = purchase.Lines[index];
            string Path(string field) => $"lines[{index}].{field}";
            if (string.IsNullOrEmpty(line.Id) || line.Id.Length > MaxText || !(ids?.Add(line.Id) ?? IsNew(purchase.Lines, index))) add(Path("id"), "Harus ada dan tidak berulang.", "Must be given and not repeated.");
            if (string.IsNullOrEmpty(line.Sku) || line.Sku.Length > MaxText) add(Path("sku"), "1–200 karakter.", "1–200 characters.");
            if (line.Quantity is < 1 or > MaxQuantity) add(Path("quantity"), "Harus 1 sampai 1.000.000.", "Must be from 1 to 1,000,000.");
            if (IsOut(line.UnitPrice)) Amount(Path("unitPrice"), add);
            if (line.ListPrice is { } list && IsOut(list)) Amount(Path("listPrice"), add);
            if (line.FloorPrice is { } floor && IsOut(floor)) Amount(Path("floorPrice"), add);
            if (IsOut(line.Tax)) Amount(Path("tax"), add);
            if (line.TopUp is { } topUp && IsOut(topUp.Amount)) Amount(Path("topUp.amount"), add);
            units += line.Quantity;
            sum += IsOut(line.UnitPrice) ? 0m : line.UnitPrice * Math.Clamp(line.Quantity, 0, MaxQuantity);
        }
        if (sum > MaxAmount) Amount("lines", add);
        if (units > MaxUnits) add("lines", "Semua baris bersama paling banyak 1.000.000.000 barang.", "All lines together at most 1,000,000,000 units.");
        for (var index = 0; index < purchase.Tendered.Count; index++)
            if (IsOut(purchase.Tendered[index].Balance)) Amount($"tendered[{index}].balance", add);
    }

    private static bool IsNew(IReadOnlyList<PurchaseLine> lines, int index)
    {
        for (var before = 0; before < index; before++)
            if (lines[before].Id == lines[index].Id) return false;
        return true;
    }

    private static bool IsOut(decimal amount) => amount is < 0 or > MaxAmount || decimal.Round(amount, 4) != amount;

    private static bool IsOut(FieldValue value) => value switch
    {
        { Kind: FieldKind.Number } => value.Number is not { } number || Math.Abs(number) > ConditionLimits.MaxNumber || decimal.Round(number, ConditionLimits.MaxDecimals) != number,
        { Kind: FieldKind.Date } => !(value.Date >= ConditionLimits.FirstDate && value.Date <= ConditionLimits.LastDate),
        { Kind: FieldKind.Flag } => value.Flag is null,
        _ => value.Text is not { Length: <= MaxText },
    };

    private const string OutId = "Angka antara -100.000.000.000.000 dan 100.000.000.000.000 dengan paling banyak 4 angka di belakang koma, tanggal dari tahun 1900 sampai 2199, atau teks paling banyak 200 karakter.";
    private const string OutEn = "A number between -100,000,000,000,000 and 100,000,000,000,000 with at most 4 decimals, a date from the year 1900 to 2199, or a text of at most 200 characters.";

    private static void Within(long value, long low, long high, string path, Action<string, string, string> add)
    {
        if (value < low || value > high) add(path, $"Harus antara {low} dan {high}.", $"Must lie between {low} and {high}.");
    }

    private static void Amount(string path, Action<string, string, string> add) => add(path,
        "Jumlah antara 0 dan 1.000.000.000.000 dengan paling banyak 4 angka di belakang koma.",
        "An amount between 0 and 1,000,000,000,000 with at most 4 decimals.");
}
