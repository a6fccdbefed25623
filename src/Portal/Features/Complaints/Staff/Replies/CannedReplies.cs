using System.Globalization;
using Complaints.Desk;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Identity;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Ui;
using Portal.Ui.Brand;

namespace Portal.Features.Complaints.Staff.Replies;

/// <summary>A prepared reply to choose from.</summary>
/// <param name="Fits">It was written for the case's category.</param>
public sealed record CannedChoice(Guid Id, string Title, bool Fits);

/// <summary>A prepared reply as somebody types it.</summary>
internal sealed record CannedDraft(string Title, string TextId, string TextEn, IReadOnlyList<string> Categories);

/// <summary>Prepared replies in both languages: written, previewed, put into an answer.</summary>
internal sealed class CannedReplies(IDbContextFactory<PortalDb> databases, Format format, BrandOptions brand, TimeProvider time)
{
    public const int MaxText = 4000;

    public async Task<IReadOnlyList<CannedReplyRow>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<CannedReplyRow>().AsNoTracking().OrderBy(r => r.Title).ToListAsync(cancel);
    }

    public async Task<CannedReplyRow?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<CannedReplyRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel);
    }

    /// <summary>Those written for the category first.</summary>
    internal static async Task<IReadOnlyList<CannedChoice>> ChoicesAsync(PortalDb db, string category, CancellationToken cancel)
    {
        var all = await db.Set<CannedReplyRow>().Select(r => new { r.Id, r.Title, r.Categories }).ToListAsync(cancel);
        return [.. all.Select(r => new CannedChoice(r.Id, r.Title, DeskAgentRow.Split(r.Categories).Contains(category))).OrderByDescending(r => r.Fits).ThenBy(r => r.Title, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>The words for a case in its customer's language; null when the reply is gone.</summary>
    public async Task<string?> UseAsync(Guid id, DeskView view, Guid? agent, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<CannedReplyRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } reply)
            return null;
        await db.Set<CannedReplyRow>().Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Uses, r => r.Uses + 1), cancel);
        var language = view.Row.MemberId is { } member ? await db.Set<MemberRow>().Where(m => m.Id == member).Select(m => m.Language).SingleOrDefaultAsync(cancel) ?? view.Row.Language : view.Row.Language;
        var name = await db.Set<User>().Where(u => u.Id == agent).Select(u => u.Name).SingleOrDefaultAsync(cancel);
        var culture = CultureInfo.GetCultureInfo(language);
        return CannedText.Fill(TextIn(reply, culture), new Dictionary<string, string?>
        {
            ["name"] = view.Customer?.Name ?? view.Row.ContactName,
            ["reference"] = view.Row.Reference,
            ["agent"] = name,
            ["team"] = view.More.Team,
            ["date"] = view.Summary.Date is { } date ? format.Date(date, culture) : null,
            ["company"] = brand.Name,
        });
    }

    /// <summary>The words as a customer would read them, with made-up values.</summary>
    public string Preview(string text, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return CannedText.Fill(text, new Dictionary<string, string?>
        {
            ["name"] = "Ayu Lestari",
            ["reference"] = "K7RM-42QX",
            ["agent"] = "Budi",
            ["team"] = "Kopi",
            ["date"] = format.Date(time.UtcNow().AddDays(2), culture),
            ["company"] = brand.Name,
        });
    }

    public async Task<Result<Guid>> SaveAsync(Guid? id, long revision, CannedDraft draft, Guid by, CancellationToken cancel)
    {
        var refusals = Check(draft);
        if (refusals.Count > 0)
            return Result<Guid>.Refused(refusals);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = id is { } known ? await db.Set<CannedReplyRow>().SingleOrDefaultAsync(r => r.Id == known, cancel) : null;
        if (id is not null && row is null)
            return new Refusal("reply.gone");
        if (row is not null && row.Revision != revision)
            return new Refusal("reply.changed_meanwhile");
        if (row is null)
            db.Add(row = new() { Title = "", TextId = "", TextEn = "" });
        (row.Title, row.TextId, row.TextEn, row.Categories, row.UpdatedAt, row.UpdatedBy) = (draft.Title.Trim(), Normal(draft.TextId), Normal(draft.TextEn),
            string.Join(',', draft.Categories.Where(FileComplaint.Categories.Contains)), time.UtcNow(), by);
        row.Revision++;
        DeskAudit.Note(db, DeskArea.Replies, Short(row.Title), id is null ? "created" : "edited", new { row.Id, row.Title, row.TextId, row.TextEn, row.Categories }, by, row.UpdatedAt);
        await db.SaveChangesAsync(cancel);
        return row.Id;
    }

    public async Task<Result<Done>> DeleteAsync(Guid id, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<CannedReplyRow>().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } row)
            return new Refusal("reply.gone");
        db.Remove(row);
        DeskAudit.Note(db, DeskArea.Replies, Short(row.Title), "deleted", new { row.Id, row.Title, row.TextId, row.TextEn }, by, time.UtcNow());
        await db.SaveChangesAsync(cancel);
        return default(Done);
    }

    private static string TextIn(CannedReplyRow reply, CultureInfo culture) => culture.TwoLetterISOLanguageName == "id" ? reply.TextId : reply.TextEn;

    private static List<Refusal> Check(CannedDraft draft)
    {
        List<Refusal> found = [];
        if (string.IsNullOrWhiteSpace(draft.Title) || draft.Title.Length > 100)
            found.Add(new("title.needed", "title"));
        foreach (var (text, field) in new[] { (draft.TextId, "textId"), (draft.TextEn, "textEn") })
        {
            if (string.IsNullOrWhiteSpace(text))
                found.Add(new("text.needed", field));
            else if (text.Length > MaxText)
                found.Add(new("text.long", field, MaxText));
            found.AddRange(CannedText.Unknown(text).Select(u => new Refusal("placeholder.unknown", field, u.Name, u.Position + 1)));
        }
        return found;
    }

    private static string Normal(string text) => text.Trim().ReplaceLineEndings("\n");

    private static string Short(string title) => title.Length > 64 ? title[..64] : title;
}
