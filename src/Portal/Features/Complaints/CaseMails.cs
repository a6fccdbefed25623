using System.Globalization;
using System.Text;
using Complaints.Cases;
using Complaints.Timing;
using Complaints.Views;
using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Notifications.Templates;
using Portal.Data;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Ui.Brand;

namespace Portal.Features.Complaints;

/// <summary>Tells the customer of each change, once, in their language, in the transaction of the change.</summary>
internal sealed class CaseMails(Outbox outbox, CaseLinks links, CaseWords words, BrandOptions brand)
{
    /// <summary>Whom to write to; null when the customer left no usable address.</summary>
    public async Task<Recipient?> RecipientAsync(PortalDb db, CaseRow row, CancellationToken cancel)
    {
        var member = row.MemberId is { } id
            ? await db.Set<MemberRow>().Where(m => m.Id == id).Select(m => new { m.Email, m.Name, m.Language }).SingleOrDefaultAsync(cancel)
            : null;
        return outbox.To(member?.Email ?? row.ContactEmail, member?.Name ?? row.ContactName, member?.Language ?? row.Language);
    }

    /// <summary>Confirms the receipt.</summary>
    public Task ReceivedAsync(PortalDb db, OpenCase open, Recipient to, DateTime answerBy, CancellationToken cancel) =>
        outbox.AddAsync(db, to, new ComplaintReceivedMail(open.Row.Reference, open.Row.Subject, words.In(CultureOf(to), "TeamName"), answerBy, links.Url(open.Row)),
            $"case:{open.Row.Reference}:received", cancel: cancel);

    /// <summary>One mail for a step, whatever number of events it left.</summary>
    public async Task StepAsync(PortalDb db, OpenCase open, IReadOnlyList<CaseEvent> events, DateTime now, CancellationToken cancel)
    {
        if (events.Count == 0 || await RecipientAsync(db, open.Row, cancel) is not { } to)
            return;
        var culture = CultureOf(to);
        var url = links.Url(open.Row);
        var eventId = string.Create(CultureInfo.InvariantCulture, $"case:{open.Row.Reference}:{open.Case.Version}");
        var decision = events.OfType<DecisionSent>().Select(d => d.Decision).Concat(events.OfType<FinalDecisionSent>().Select(d => d.Decision)).LastOrDefault();
        if (decision is not null)
        {
            await outbox.AddAsync(db, to, new ComplaintAnsweredMail(open.Row.Reference, words.In(culture, $"Outcome.{decision.Outcome}"), Text(culture, open.Case, decision), 0, url), eventId, cancel: cancel);
            return;
        }
        if (Message(culture, open, events, now) is { } message)
            await outbox.AddAsync(db, to, new ComplaintMessageMail(open.Row.Reference, brand.Name, message.Text, message.NeedsAnswer, url), eventId, cancel: cancel);
    }

    private string Text(CultureInfo culture, Case @case, Decision decision)
    {
        var text = new StringBuilder();
        foreach (var finding in decision.Findings)
        {
            var point = @case.Points.First(p => p.Number == finding.Point).Text;
            text.Append(words.In(culture, $"Outcome.{finding.Outcome}")).Append(": ").Append(Excerpt.Of(point, 120))
                .Append('\n').Append(finding.Reasons).Append("\n\n");
        }
        foreach (var remedy in decision.Remedies)
            text.Append("• ").Append(words.Remedy(culture, remedy)).Append('\n');
        return text.ToString().Trim();
    }

    private (string Text, bool NeedsAnswer)? Message(CultureInfo culture, OpenCase open, IReadOnlyList<CaseEvent> events, DateTime now)
    {
        if (events.OfType<MessageAdded>().LastOrDefault(m => m.By.IsStaff) is { } written)
            return (written.Text, events.Any(e => e is CustomerAsked));
        // A date that was never told is not missed in the customer's eyes: they hear that it goes faster, and by when.
        if (events.Any(e => e is CaseAssessed) && events.Any(e => e is ClockBreached { Clock.Kind: not ClockKind.Acknowledge }) && Summary(open, now) is { OriginalDate: null, Date: { } sooner })
            return (words.In(culture, "Mail.Sooner", words.Moment(culture, sooner)), false);
        var all = events.Select(e => Message(culture, open, e, now)).OfType<(string Text, bool NeedsAnswer)>().ToList();
        return all.Count == 0 ? null : (string.Join("\n\n", all.Select(m => m.Text).Distinct()), all.Exists(m => m.NeedsAnswer));
    }

    private (string Text, bool NeedsAnswer)? Message(CultureInfo culture, OpenCase open, CaseEvent happened, DateTime now) => happened switch
    {
        ReminderSent => (words.In(culture, open.Case.State == CaseState.DecisionSent ? "Mail.RemindDecision" : "Mail.RemindQuestion"), true),
        DatePromised e => (words.In(culture, "Mail.NewDate", words.Moment(culture, e.Date), e.Reason), false),
        EscalationRaised e when Tells(open, e) && DateOf(open, e.Clock, now) is { } date && date > now =>
            (words.In(culture, e.Clock.Kind == ClockKind.Decision ? "Mail.StillOnIt" : "Mail.ReplySoon", words.Moment(culture, date)), false),
        ClockBreached { Clock.Kind: not ClockKind.Acknowledge } when Summary(open, now).Date is { } date => (words.In(culture, "Mail.Later", words.Moment(culture, date)), false),
        SecondReviewStarted => (words.In(culture, "Mail.SecondReview"), false),
        VisitScheduled e => (words.In(culture, "Mail.Visit", words.Moment(culture, e.Visit), e.Technician), false),
        RemedyDelivered { Vouchers: { Count: > 0 } vouchers } => (string.Join('\n', vouchers.Select(v => words.Voucher(culture, v)).Prepend(words.In(culture, "Mail.Remedy")).Append(words.In(culture, "Mail.VoucherUse"))), false),
        RemedyDelivered => (words.In(culture, "Mail.Remedy"), false),
        CaseClosed => (words.In(culture, "Mail.Closed"), false),
        CaseReopened => (words.In(culture, "Mail.Reopened"), false),
        CaseWithdrawn => (words.In(culture, "Mail.Withdrawn"), false),
        NoAnswerRecorded => (words.In(culture, "Mail.NoAnswer"), false),
        MarkedDuplicate => (words.In(culture, open.Row.MergedInto is null ? "Mail.Duplicate" : "Mail.DuplicateOf", open.Row.MergedInto ?? ""), false),
        MarkedOutOfScope e => (words.In(culture, "Mail.OutOfScope", e.Reason, e.WhereToTurn), false),
        _ => null,
    };

    private static bool Tells(OpenCase open, EscalationRaised raised) =>
        open.Rules.Policy.Escalations.Any(l => l.Key == raised.Level && l.Action == EscalationAction.TellCustomer);

    // The date that this clock runs to, or the one that staff promised instead.
    private static DateTime? DateOf(OpenCase open, ClockId clock, DateTime now) =>
        clock.Kind == ClockKind.Decision && open.Case.Promise is { } promise && promise.Date > now ? promise.Date : open.Clocks(now).SingleOrDefault(c => c.Id == clock)?.Due;

    private static CaseSummary Summary(OpenCase open, DateTime now) => CaseSummary.For(open.Case, open.Clocks(now), open.Rules.Policy, open.Rules.Calendar, now);

    private static CultureInfo CultureOf(Recipient to) => CultureInfo.GetCultureInfo(to.Language);
}
