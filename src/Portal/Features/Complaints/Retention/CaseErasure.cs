using Complaints.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Staff.Approvals;
using Portal.Features.Complaints.Thread;
using Portal.Platform.Mail;

namespace Portal.Features.Complaints.Retention;

/// <summary>
/// Takes from cases what people wrote and who they are: words, files, drafts, addresses, the secret link, mails. What reports
/// count stays: dates, states, category, store, product, outcome, cause, ratings, and the clocks.
/// </summary>
internal static class CaseErasure
{
    /// <param name="keepAccount">False: the case is cut from its account and purchase as well. A closed account has no name any more, so it may keep its cases.</param>
    public static async Task EraseAsync(PortalDb db, IReadOnlyList<Guid> cases, bool keepAccount, DateTime now, CancellationToken cancel)
    {
        await db.Set<CaseAttachmentRow>().Where(a => cases.Contains(a.CaseId)).ExecuteDeleteAsync(cancel);
        await db.Set<CaseDraftRow>().Where(d => cases.Contains(d.CaseId)).ExecuteDeleteAsync(cancel);
        await db.Set<CaseApprovalRow>().Where(a => cases.Contains(a.CaseId)).ExecuteUpdateAsync(s => s.SetProperty(a => a.Decision, "{}").SetProperty(a => a.Note, (string?)null), cancel);
        foreach (var row in await db.Set<CaseEventRow>().AsNoTracking().Where(e => cases.Contains(e.CaseId)).ToListAsync(cancel))
        {
            var erased = CaseEvents.ToJson(CaseEvents.FromJson(new(row.Type, row.Version, row.Payload)).Erased());
            await db.Set<CaseEventRow>().Where(e => e.CaseId == row.CaseId && e.Sequence == row.Sequence)
                .ExecuteUpdateAsync(s => s.SetProperty(e => e.Payload, erased.Payload), cancel);
        }
        var rows = db.Set<CaseRow>().Where(c => cases.Contains(c.Id));
        foreach (var reference in await rows.Select(c => c.Reference).ToListAsync(cancel))
        {
            var (told, alerted) = ($"case:{reference}:", $"desk:{reference}:");
            await db.Set<OutboxRow>().Where(m => m.EventId.StartsWith(told) || m.EventId.StartsWith(alerted)).ExecuteDeleteAsync(cancel);
        }
        await rows.ExecuteUpdateAsync(s => s
            .SetProperty(c => c.Subject, c => c.Reference)
            .SetProperty(c => c.ContactName, (string?)null)
            .SetProperty(c => c.ContactEmail, (string?)null)
            .SetProperty(c => c.ContactKey, (string?)null)
            .SetProperty(c => c.ContactPhone, (string?)null)
            .SetProperty(c => c.Technician, (string?)null)
            .SetProperty(c => c.LinkHash, (string?)null)
            .SetProperty(c => c.LinkSealed, (string?)null)
            .SetProperty(c => c.ErasedAt, now), cancel);
        if (!keepAccount)
            await rows.ExecuteUpdateAsync(s => s.SetProperty(c => c.MemberId, (RewardsEngine.Values.MemberId?)null).SetProperty(c => c.PurchaseId, (Guid?)null), cancel);
    }
}
