using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Complaints.Cases;
using Complaints.Timing;
using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Purchases;
using RewardsEngine.Values;

namespace Portal.Features.Complaints;

/// <summary>A complaint as somebody wants to file it.</summary>
/// <param name="Request">Id that the form carried.</param>
/// <param name="RecordedBy">Staff id when staff file for a caller.</param>
/// <param name="Reward">The voucher it is about, when it is about no purchase.</param>
/// <param name="After">The way to the closed case that it follows.</param>
public sealed record Filing(
    Guid Request, MemberId? Member, Channel Channel, string Language, string Category, string Text, string Wish, Guid? Purchase,
    string? Name, string? Email, string? Phone, string? RecordedBy = null, Guid? Reward = null, CaseDoor? After = null);

/// <summary>A filed complaint.</summary>
/// <param name="Token">The secret of its link, for somebody without account.</param>
/// <param name="AnswerBy">When the decision is due.</param>
/// <param name="MailedTo">Where the confirmation went; null when there is no address.</param>
public sealed record Filed(string Reference, string? Token, DateTime AnswerBy, string? MailedTo);

/// <summary>Takes a complaint in: case, clocks, files, confirmation by mail and the member's counters in one transaction.</summary>
internal sealed partial class FileComplaint(Portal.Rewarding.Rewards rewards, CaseBook book, CaseMails mails, CaseLinks links, ServiceRules rules, Staff.Routing.CaseRouter router)
{
    public const int MaxText = 5000;

    public static readonly IReadOnlyList<string> Categories = ["product", "service", "waiting", "billing", "points", "delivery", "app", "safety", "other"];

    public static readonly IReadOnlyList<string> Wishes = ["explanation", "apology", "replacement", "refund", "points", "other"];

    /// <summary>What is wrong with the first step: what happened.</summary>
    public static IReadOnlyList<Refusal> CheckStory(Filing filing)
    {
        List<Refusal> found = [];
        if (!Categories.Contains(filing.Category))
            found.Add(new("category.needed", nameof(filing.Category)));
        if (string.IsNullOrWhiteSpace(filing.Text))
            found.Add(new("text.needed", nameof(filing.Text)));
        else if (filing.Text.Length > MaxText)
            found.Add(new("text.long", nameof(filing.Text), MaxText));
        return found;
    }

    public async Task<Result<Filed>> HandleAsync(Filing filing, IReadOnlyList<CheckedFile> files, CancellationToken cancel)
    {
        var refusals = CheckStory(filing).Concat(CheckContact(filing)).ToList();
        if (refusals.Count > 0)
            return Result<Filed>.Refused(refusals);
        await using var work = await rewards.BeginAsync(cancel);
        if (await book.ReadAsync(work.Db, work.Db.Set<CaseRow>().Where(c => c.RequestId == filing.Request), cancel) is { } known)
            return known.Row.MemberId == filing.Member ? Answer(known, null) : new Refusal("case.gone");
        if (filing.Purchase is { } purchase && !await work.Db.Set<PurchaseRow>().AnyAsync(p => p.Id == purchase && p.MemberId == filing.Member && filing.Member != null, cancel))
            return new Refusal("purchase.gone", nameof(filing.Purchase));
        if (filing.Reward is { } reward && !await work.Db.Set<VoucherRow>().AnyAsync(v => v.Id == reward && v.MemberId == filing.Member && filing.Member != null, cancel))
            return new Refusal("purchase.gone", nameof(filing.Purchase));
        if (await PreviousAsync(work.Db, filing.After, cancel) is var previous && previous is null != filing.After is null)
            return new Refusal("case.gone");
        var account = filing.Member is { } member ? await work.FindAsync(member, cancel) : null;

        var open = await SubmitAsync(work, filing, files, work.Now, cancel, previous);
        var to = await mails.RecipientAsync(work.Db, open.Row, cancel);
        if (to is not null)
        {
            var step = CaseMachine.Apply(open.Case, new Acknowledge(), open.Context(work.Now, Actor.Portal));
            open = await book.AppendAsync(work.Db, open.Row, step, work.Now, cancel);
        }
        if (filing.Member is { } counted)
            await CountAsync(work, counted, account, work.Now, cancel);
        await work.Db.SaveChangesAsync(cancel);
        open = await router.RouteAsync(work.Db, open, Actor.Portal, work.Now, cancel);
        await work.Db.SaveChangesAsync(cancel);
        if (to is not null)
            await mails.ReceivedAsync(work.Db, open, to, AnswerBy(open), cancel);
        await work.CommitAsync(cancel);
        return Answer(open, to);
    }

    /// <summary>The case with its first event at <paramref name="at"/> (UTC). Tells nobody and routes nothing.</summary>
    internal async Task<OpenCase> SubmitAsync(RewardingWork work, Filing filing, IReadOnlyList<CheckedFile> files, DateTime at, CancellationToken cancel, CaseId? previous = null)
    {
        var current = await rules.CurrentAsync(work.Db, cancel);
        var link = filing.Member is null ? links.New() : default;
        var row = new CaseRow
        {
            Reference = CaseReference.From(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))),
            RequestId = filing.Request,
            ContactName = Trimmed(filing.Name, 200),
            ContactEmail = Trimmed(filing.Email, 254),
            ContactKey = Trimmed(filing.Email, 254)?.ToLowerInvariant(),
            ContactPhone = Trimmed(filing.Phone, 32),
            Language = filing.Language,
            LinkHash = link.Hash,
            LinkSealed = link.Sealed,
            Channel = filing.Channel,
            Category = filing.Category,
            Subject = SubjectOf(filing.Text),
            PurchaseId = filing.Purchase,
            CreatedAt = at,
            CalendarId = current.Calendar.Id,
        };
        var by = Actor.Customer(filing.Member?.Value.ToString() ?? "", filing.RecordedBy);
        var submitted = CaseMachine.Submit(new(row.Id),
            new(row.Reference, filing.Channel, filing.Language, filing.Category, filing.Text.Trim(), filing.Wish, filing.Purchase?.ToString(), filing.Reward?.ToString(),
                [.. files.Select(f => f.Id)], filing.Member?.Value.ToString(), previous),
            new(at, by, current.Policy, current.Calendar));
        row.MemberId = filing.Member;
        await CaseSurroundings.LookAsync(work.Db, row, cancel);
        work.Db.Add(row);
        TakeStep.Keep(work.Db, row, files, at);
        return await book.AppendAsync(work.Db, row, submitted, at, cancel);
    }

    private static async Task<CaseId?> PreviousAsync(PortalDb db, CaseDoor? after, CancellationToken cancel) =>
        after is not null && await after.Of(db.Set<CaseRow>()).Where(c => !c.IsOpen).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel) is { } id ? new(id) : null;

    private Filed Answer(OpenCase open, Recipient? to) =>
        new(open.Row.Reference, open.Row.LinkSealed is { } secret ? links.Open(secret) : null, AnswerBy(open), to?.Address.Value);

    private static DateTime AnswerBy(OpenCase open) =>
        open.Clocks(open.Case.LastEventAt).Last(c => c.Kind == ClockKind.Decision).Due ?? throw new InvalidOperationException("A new case has a decision date.");

    internal static async Task CountAsync(RewardingWork work, MemberId member, Portal.Rewarding.Ledger.MemberAccount? account, DateTime at, CancellationToken cancel)
    {
        var counters = account?.Counters ?? await work.Db.Set<MemberCounterRow>().FindAsync([member], cancel);
        if (counters is null)
            work.Db.Add(counters = new() { MemberId = member });
        counters.Complaints++;
        work.Db.Add(new HappeningRow { MemberId = member, Kind = HappeningKind.Complaint, At = at });
        counters.FirstComplaintAt ??= at;
        counters.LastComplaintAt = at;
    }

    private static IEnumerable<Refusal> CheckContact(Filing filing)
    {
        if (!Wishes.Contains(filing.Wish))
            yield return new("wish.needed", nameof(filing.Wish));
        if (filing.Member is not null)
            yield break;
        var (email, phone) = (filing.Email?.Trim() ?? "", filing.Phone?.Trim() ?? "");
        if (email.Length == 0 && phone.Length == 0)
            yield return new("contact.needed", nameof(filing.Email));
        if (email.Length > 0 && !EmailAddress.TryParse(email, out _))
            yield return new("email.form", nameof(filing.Email));
        if (phone.Length > 0 && !PhoneForm().IsMatch(phone))
            yield return new("phone.form", nameof(filing.Phone));
    }

    private static string SubjectOf(string text)
    {
        var line = text.Trim().Split('\n', 2)[0].Trim();
        return Excerpt.Of(line, 90);
    }

    private static string? Trimmed(string? text, int length) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim() is var t && t.Length > length ? t[..length] : text.Trim();

    [GeneratedRegex(@"^\+?[0-9][0-9 ().-]{5,24}$")]
    private static partial Regex PhoneForm();
}
