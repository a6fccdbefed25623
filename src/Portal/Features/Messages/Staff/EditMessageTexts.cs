using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Messages;

namespace Portal.Features.Messages.Staff;

/// <summary>A message text as typed.</summary>
public sealed class MessageTextForm
{
    public string? Key { get; set; }
    public string? Purpose { get; set; }
    public string? About { get; set; }
    public string? SubjectId { get; set; }
    public string? SubjectEn { get; set; }
    public string? BodyId { get; set; }
    public string? BodyEn { get; set; }
    public long Revision { get; set; }

    /// <summary>The button: <c>save</c>, <c>check</c>.</summary>
    public string? Do { get; set; }

    public static MessageTextForm Of(MessageTextRow text) => new()
    {
        Key = text.Key,
        Purpose = text.Purpose.ToString(),
        About = text.About,
        SubjectId = text.SubjectId,
        SubjectEn = text.SubjectEn,
        BodyId = text.BodyId,
        BodyEn = text.BodyEn,
        Revision = text.Revision,
    };
}

/// <summary>Writes message texts. The text of a rule in force stays as it is: what a published version does never changes.</summary>
public sealed class EditMessageTexts(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Everything that is wrong with what was typed, each at its field.</summary>
    public static IReadOnlyList<Refusal> Check(MessageTextForm form, bool isNew)
    {
        var refusals = new List<Refusal>();
        if (isNew && !IsKey(form.Key))
            refusals.Add(new("key", "key"));
        if (!Enum.TryParse<MailPurpose>(form.Purpose, out var purpose) || !Enum.IsDefined(purpose))
            refusals.Add(new("purpose", "purpose"));
        if (Trim(form.About) is { Length: > 200 })
            refusals.Add(new("long", "about", 200));
        foreach (var (path, typed, most) in Parts(form))
        {
            var text = Trim(typed);
            if (text.Length == 0)
                refusals.Add(new("missing", path));
            if (text.Length > most)
                refusals.Add(new("long", path, most));
            if (path.StartsWith("subject", StringComparison.Ordinal) && text.Any(char.IsControl))
                refusals.Add(new("oneLine", path));
            foreach (var name in Placeholders.In(text).Where(n => Placeholders.Find(n) is null))
                refusals.Add(name == "{" ? new("brace", path)
                    : Placeholders.Nearest(name) is { } nearest ? new("placeholder.nearest", path, "{" + name + "}", "{" + nearest + "}")
                    : new("placeholder", path, "{" + name + "}"));
        }
        return refusals;
    }

    public async Task<Result<string>> CreateAsync(MessageTextForm form, Guid by, CancellationToken cancel)
    {
        if (Check(form, isNew: true) is { Count: > 0 } wrong)
            return Result<string>.Refused(wrong);
        var key = form.Key!.Trim();
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<MessageTextRow>().AnyAsync(t => t.Key == key, cancel))
            return new Refusal("taken", "key");
        var row = new MessageTextRow { Key = key, Purpose = default, SubjectId = "", SubjectEn = "", BodyId = "", BodyEn = "", UpdatedAt = time.UtcNow() };
        Write(row, form, by);
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        return key;
    }

    public async Task<Result<string>> SaveAsync(string key, MessageTextForm form, Guid by, CancellationToken cancel)
    {
        if (Check(form, isNew: false) is { Count: > 0 } wrong)
            return Result<string>.Refused(wrong);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await MessageTexts.FindAsync(db, key, cancel) is not { } text)
            return new Refusal("gone");
        if (text.IsFixed)
            return new Refusal("fixed");
        if (text.Row.Revision != form.Revision)
            return new Refusal("changed");
        Write(text.Row, form, by);
        return await SavedAsync(db, key, cancel);
    }

    public async Task<Result<string>> DeleteAsync(string key, long revision, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await MessageTexts.FindAsync(db, key, cancel) is not { } text)
            return new Refusal("gone");
        if (text.InForce.Count + text.Others.Count > 0)
            return new Refusal("used");
        if (text.Row.Revision != revision)
            return new Refusal("changed");
        db.Remove(text.Row);
        return await SavedAsync(db, key, cancel);
    }

    private void Write(MessageTextRow row, MessageTextForm form, Guid by)
    {
        row.Purpose = Enum.Parse<MailPurpose>(form.Purpose!);
        row.About = row.Purpose == MailPurpose.Marketing && Trim(form.About) is { Length: > 0 } about ? about : null;
        (row.SubjectId, row.SubjectEn) = (Trim(form.SubjectId), Trim(form.SubjectEn));
        (row.BodyId, row.BodyEn) = (Trim(form.BodyId), Trim(form.BodyEn));
        (row.UpdatedAt, row.UpdatedBy) = (time.UtcNow(), by);
        row.Revision++;
    }

    private static async Task<Result<string>> SavedAsync(PortalDb db, string key, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return key;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("changed");
        }
    }

    private static IEnumerable<(string Path, string? Text, int Most)> Parts(MessageTextForm form) =>
    [
        ("subjectId", form.SubjectId, MessageTextRow.MostSubject), ("subjectEn", form.SubjectEn, MessageTextRow.MostSubject),
        ("bodyId", form.BodyId, MessageTextRow.MostBody), ("bodyEn", form.BodyEn, MessageTextRow.MostBody),
    ];

    private static string Trim(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    private static bool IsKey(string? key) => key?.Trim() is { Length: >= 1 and <= 64 } trimmed && trimmed.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
