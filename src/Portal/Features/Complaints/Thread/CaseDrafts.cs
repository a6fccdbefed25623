using System.Text.RegularExpressions;
using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Platform.Live;

namespace Portal.Features.Complaints.Thread;

/// <summary>Half-written texts, kept on the server under the case and its author: a lost connection, a closed tab or a restart takes nothing.</summary>
internal sealed partial class CaseDrafts(IDbContextFactory<PortalDb> databases, LiveChanges changes, TimeProvider time)
{
    public const string Customer = "customer";

    private const int MostFields = 24;

    /// <returns>False when the case is not there for who came through the door, or the field is none.</returns>
    public async Task<bool> SaveAsync(CaseDoor door, string author, string? field, string? text, CancellationToken cancel)
    {
        if (field is null || text?.Length > FileComplaint.MaxText || !FieldName().IsMatch(field))
            return false;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var id = await door.Of(db.Set<CaseRow>()).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel);
        if (id is not { } @case)
            return false;
        if (string.IsNullOrWhiteSpace(text))
            await db.Set<CaseDraftRow>().Where(d => d.CaseId == @case && d.Author == author && d.Field == field).ExecuteDeleteAsync(cancel);
        else if (await db.Set<CaseDraftRow>().CountAsync(d => d.CaseId == @case && d.Author == author && d.Field != field, cancel) >= MostFields)
            return false;
        else
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO case_drafts ("CaseId", "Author", "Field", "Text", "UpdatedAt") VALUES ({@case}, {author}, {field}, {text}, {time.UtcNow()})
                ON CONFLICT ("CaseId", "Author", "Field") DO UPDATE SET "Text" = excluded."Text", "UpdatedAt" = excluded."UpdatedAt"
                """, cancel);
        if (author != Customer)
            await changes.SayAsync(db, CaseLive.DeskTopic(@case), cancel); // colleagues see that somebody writes
        await db.SaveChangesAsync(cancel);
        return true;
    }

    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(PortalDb db, Guid @case, string author, CancellationToken cancel) =>
        await db.Set<CaseDraftRow>().Where(d => d.CaseId == @case && d.Author == author).ToDictionaryAsync(d => d.Field, d => d.Text, cancel);

    /// <summary>What was sent is no draft any more.</summary>
    public static async Task SentAsync(PortalDb db, Guid @case, Actor by, CaseCommand command, CancellationToken cancel)
    {
        if (Fields(command) is not { } fields)
            return;
        var author = by.IsStaff ? by.Id : Customer;
        var own = db.Set<CaseDraftRow>().Where(d => d.CaseId == @case && d.Author == author);
        await (fields == "Findings" ? own.Where(d => d.Field.StartsWith("Findings")) : own.Where(d => d.Field == fields)).ExecuteDeleteAsync(cancel);
    }

    private static string? Fields(CaseCommand command) => command switch
    {
        PostMessage => "Reply",
        AskCustomer => "Question",
        AddNote => "Note",
        DisputeDecision => "Dispute",
        WithdrawCase => "Withdraw",
        ReopenCase => "Reopen",
        Assess => "Points",
        AskThirdParty => "WhoText",
        SendDecision or SendFinalDecision => "Findings",
        PromiseDate => "PromiseReason",
        ReportVisit => "VisitResult",
        MarkOutOfScope => "ScopeReason",
        _ => null,
    };

    [GeneratedRegex(@"^[A-Za-z]{1,20}(\[[0-9]{1,2}\]\.[A-Za-z]{1,12})?$")]
    private static partial Regex FieldName();
}
