using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Portal.Identity;
using Portal.Platform;
using Portal.Ui;

namespace Portal.Features.Wallet;

/// <summary>The member's transactions, each with why.</summary>
internal static class WalletFeature
{
    private const int MostExported = 10_000;

    public static void AddWallet(this IServiceCollection services)
    {
        services.AddSingleton<Transactions>();
        services.AddSingleton<TransactionDetail>();
    }

    public static void MapWallet(this WebApplication app) =>
        app.MapGet("/transactions/export.csv", ExportAsync).RequireAuthorization(Policies.Customer);

    /// <summary>The filter as it stands in the address; what cannot be read is left out.</summary>
    public static EntryFilter ReadFilter(string? show, string? from, string? to, string? q) => new(
        show is "purchases" or "rewards" or "points" ? show : null, Day(from), Day(to), q is { Length: > 0 and <= 100 } ? q : null);

    private static async Task<IResult> ExportAsync(
        HttpContext context, Transactions history, IStringLocalizer<WalletTexts> texts, string? show, string? from, string? to, string? q)
    {
        var page = await history.ListAsync(context.User.MemberId()!.Value, ReadFilter(show, from, to, q), 1, MostExported, context.RequestAborted);
        var csv = new StringBuilder("\uFEFF"); // spreadsheets recognise UTF-8 by it
        Csv.Line(csv, texts["Csv.At"], texts["Csv.What"], texts["Csv.Reference"], texts["Csv.Amount"], texts["Csv.Currency"], texts["Csv.Points"]);
        foreach (var entry in page.Entries)
            Csv.Line(csv, Format.Machine(entry.At), EntryWords.Title(entry, texts, CultureInfo.CurrentUICulture.Name),
                entry.Kind is EntryKind.Purchase or EntryKind.Refund ? entry.Reference : "",
                entry.Amount?.Amount.ToString(CultureInfo.InvariantCulture), entry.Amount?.Currency.Code, entry.Points.ToString(CultureInfo.InvariantCulture));
        return Results.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", "transactions.csv");
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
