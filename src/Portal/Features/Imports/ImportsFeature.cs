using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Portal.Features.Imports.Staff;
using Portal.Identity;
using Portal.Platform;
using Portal.Ui;

namespace Portal.Features.Imports;

internal static class ImportsFeature
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddSingleton<ImportTransactions>();
        services.AddSingleton<ImportMembers>();
        services.AddSingleton<RunImports>();
        services.AddSingleton<ManageImports>();
        services.AddOptions<ImportOptions>().BindConfiguration(ImportOptions.Section).ValidateDataAnnotations();
        services.AddStaffNavigation<ImportTexts>("Nav", "/staff/import", "upload", Policies.Management, 40, 'i');
    }

    public static void MapImports(this WebApplication app) =>
        app.MapGet("/staff/import/{id:guid}/refusals.csv", RefusalsAsync).RequireAuthorization(Policies.Management);

    private static async Task<IResult> RefusalsAsync(Guid id, ManageImports imports, IStringLocalizer<ImportTexts> texts, CancellationToken cancel)
    {
        if (await imports.FindAsync(id, cancel) is null)
            return Results.NotFound();
        var csv = new StringBuilder("\uFEFF"); // spreadsheets recognise UTF-8 by it
        Csv.Line(csv, texts["Line"], texts["Document"], texts["Reason"], texts["Value"]);
        foreach (var line in await imports.RefusalsAsync(id, int.MaxValue, cancel))
            Csv.Line(csv, line.Line.ToString(CultureInfo.InvariantCulture), line.Document, ImportWords.Reason(line, texts), line.Value);
        return Results.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", "refused-lines.csv");
    }
}

/// <summary>Marks the texts of this feature.</summary>
public sealed class ImportTexts;
