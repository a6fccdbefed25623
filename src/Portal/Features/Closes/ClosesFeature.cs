using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Portal.Identity;
using Portal.Platform;
using Portal.Ui;

namespace Portal.Features.Closes;

/// <summary>Managers see what the company owes its customers in points, day by day and month by month.</summary>
internal static class ClosesFeature
{
    public static void AddCloses(this IServiceCollection services)
    {
        services.AddSingleton<CloseBook>();
        services.AddSingleton<SetRedemptionRate>();
        services.AddStaffNavigation<ClosesTexts>("Nav", "/staff/closes", "coins", Policies.Management, 36);
    }

    public static void MapCloses(this WebApplication app) =>
        app.MapGet("/staff/closes/closes.csv", DaysAsync).RequireAuthorization(Policies.Management);

    private static async Task<IResult> DaysAsync(CloseBook book, IStringLocalizer<ClosesTexts> texts, CancellationToken cancel)
    {
        var csv = new StringBuilder("\uFEFF"); // spreadsheets recognise UTF-8 by it
        Csv.Line(csv, texts["Day"], texts["Issued"], texts["Redeemed"], texts["Expired"], texts["Reversed"], texts["Pending"], texts["Available"], texts["Held"], texts["Debt"],
            texts["Difference"], texts["Rate"], texts["Breakage"], texts["Deferred"], texts["DeferredNow"], texts["Recognised"], texts["RecognisedNow"], texts["Liability"], texts["Provision"]);
        var (currency, days) = await book.DaysAsync(cancel);
        foreach (var c in days)
        {
            Csv.Line(csv, c.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), N(c.Issued), N(c.Redeemed), N(c.Expired), N(c.Reversed), N(c.Pending), N(c.Available), N(c.Held), N(c.Debt),
                N(c.Difference), c.Rate.ToString("0.######", CultureInfo.InvariantCulture), N(c.Breakage), M(c.Deferred), M(c.DeferredNow), M(c.Recognised), M(c.RecognisedNow), M(c.Liability), M(c.Provision));
        }
        return Results.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", "daily-closes.csv");

        string M(long minor) => currency.FromMinor(minor).ToString(CultureInfo.InvariantCulture);
        static string N(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
