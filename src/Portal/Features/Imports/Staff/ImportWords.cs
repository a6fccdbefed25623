using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Ui;

namespace Portal.Features.Imports.Staff;

/// <summary>Imports in words.</summary>
internal static class ImportWords
{
    public static StatusKind Kind(ImportState state) => state switch
    {
        ImportState.Done => StatusKind.Good,
        ImportState.Failed => StatusKind.Bad,
        ImportState.Cancelled => StatusKind.Warn,
        _ => StatusKind.Info,
    };

    public static string Reason(RefusedLine line, IStringLocalizer<ImportTexts> texts)
    {
        var text = texts[$"refusal.{line.Code}", line.Value ?? ""];
        return text.ResourceNotFound ? $"{line.Code} {line.Value}".Trim() : text;
    }

    /// <summary>Lines per second of the node now working, and what is left at that rate; null while too little is known.</summary>
    public static (double Rate, TimeSpan Left)? Pace(ImportRow import)
    {
        if (import.RunStartedAt is not { } from || import.ProgressAt is not { } at || (at - from).TotalSeconds < 0.2 || import.LastLine <= import.RunStartedLine)
            return null;
        var rate = (import.LastLine - import.RunStartedLine) / (at - from).TotalSeconds;
        return (rate, TimeSpan.FromSeconds(Math.Max(0, import.AllLines - import.LastLine) / rate));
    }

    public static string Left(TimeSpan left, IStringLocalizer<ImportTexts> texts) => left.TotalSeconds < 60
        ? texts["LeftSeconds", Math.Ceiling(left.TotalSeconds).ToString("N0", CultureInfo.CurrentCulture)]
        : texts["LeftMinutes", Math.Ceiling(left.TotalMinutes).ToString("N0", CultureInfo.CurrentCulture)];
}
