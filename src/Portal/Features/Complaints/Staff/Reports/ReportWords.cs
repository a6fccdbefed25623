using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Ui;

namespace Portal.Features.Complaints.Staff.Reports;

/// <summary>Values and figures of reports in words.</summary>
internal sealed class ReportWords(IStringLocalizer<ComplaintsTexts> cases, IStringLocalizer<ReportTexts> texts, CaseWords codes, Format format)
{
    public string Value(Dimension dimension, string key) => key.Length == 0 ? texts[dimension == Dimension.Cause ? "NoDecisionYet" : "NotKnown"]
        : dimension switch
        {
            Dimension.Cause => codes.Code(CultureInfo.CurrentUICulture, "Cause", key),
            Dimension.Category => cases[$"Category.{key}"],
            Dimension.Channel => cases[$"Channel.{key}"],
            Dimension.Priority => cases[$"Priority.{key}"],
            _ => key,
        };

    /// <summary><c>7 h 30 min</c> of working time.</summary>
    public string Minutes(double? minutes) => minutes is { } m ? cases["HoursMinutes", format.Number((long)(m / 60)), (int)(m % 60)] : "–";

    public string Percent(decimal? percent) => percent is { } p ? format.Percent(p) : "–";

    public string Mark(double? mark) => mark is { } m ? m.ToString("0.0", CultureInfo.CurrentCulture) : "–";
}
