using Complaints.Cases;
using Complaints.Views;
using Microsoft.Extensions.Localization;
using Portal.Ui;

namespace Portal.Features.Complaints;

/// <summary>The sentence a case page opens with: where it stands, whose turn it is, what comes next, by when.</summary>
internal static class CaseSentence
{
    public static string Of(CaseSummary summary, IStringLocalizer<ComplaintsTexts> texts, Format format)
    {
        var key = summary switch
        {
            { NextStep: NextStep.None } => $"Sentence.{summary.State}",
            { Turn: Turn.ThirdParty } => "Sentence.ThirdParty",
            _ => $"Sentence.{summary.NextStep}",
        };
        var date = summary.NextStep == NextStep.CustomerAnswer ? summary.ClockStandsStillSince : summary.Date;
        return date is { } at ? texts[key, format.DateTime(at)] : texts[key, texts["Soon"]];
    }

    /// <summary>What somebody reads who has just filed: the number, who has it, the date of the answer.</summary>
    public static string Filed(CaseView view, IStringLocalizer<ComplaintsTexts> texts, Format format) => view.DecisionDue is { } due
        ? texts["FiledTextDate", view.Reference, format.DateTime(due)]
        : texts["FiledText", view.Reference];

    /// <summary>The apology beside a date that had to be moved; null when none was.</summary>
    public static string? Moved(CaseSummary summary, IStringLocalizer<ComplaintsTexts> texts, Format format) => summary switch
    {
        { OriginalDate: { } was, DateReason: { } reason } => texts["MovedWithReason", format.DateTime(was), reason].Value,
        { OriginalDate: { } was } => texts["Moved", format.DateTime(was)].Value,
        { DateReason: { } reason } => texts["DateReason", reason].Value,
        _ => null,
    };
}
