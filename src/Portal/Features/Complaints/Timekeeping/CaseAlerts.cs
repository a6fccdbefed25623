using System.Globalization;
using Complaints.Cases;
using Complaints.Timing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Notifications.Templates;
using Portal.Data;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Identity;
using Portal.Platform;
using Portal.Platform.Mail;
using Portal.Ui;

namespace Portal.Features.Complaints.Timekeeping;

/// <summary>
/// Mails the escalation levels that fired to the people they name, in the transaction of the event. The level is in the mail's
/// key, so that it goes out once whatever number of nodes looks.
/// </summary>
internal sealed class CaseAlerts(Outbox outbox, CaseWords words, PublicAddress address, Format format)
{
    public async Task SendAsync(PortalDb db, OpenCase open, IReadOnlyList<CaseEvent> events, DateTime now, CancellationToken cancel)
    {
        foreach (var raised in events.OfType<EscalationRaised>())
            if (open.Rules.Policy.Escalations.FirstOrDefault(l => l.Key == raised.Level) is { Action: not EscalationAction.TellCustomer } level)
                await SendAsync(db, open, raised, level, now, cancel);
    }

    private async Task SendAsync(PortalDb db, OpenCase open, EscalationRaised raised, EscalationLevel level, DateTime now, CancellationToken cancel)
    {
        var due = open.Clocks(now).Single(c => c.Id == raised.Clock).Due ?? now;
        var eventId = string.Create(CultureInfo.InvariantCulture, $"desk:{open.Row.Reference}:{raised.Clock.Kind}{raised.Clock.Number}:{level.Key}");
        foreach (var person in await PeopleAsync(db, open, level.Action, now, cancel))
            if (outbox.To(person.Email, person.Name, person.Language) is { } to)
            {
                var culture = CultureInfo.GetCultureInfo(to.Language);
                var what = words.In(culture, due > now ? "Alert.Soon" : "Alert.Missed", words.In(culture, $"Clock.{raised.Clock.Kind}"), words.Moment(culture, due));
                var mail = new CaseAlertMail(open.Row.Reference, open.Row.Subject, what, words.In(culture, $"Priority.{open.Case.Priority}"),
                    address.Of($"/staff/complaints/{open.Row.Reference}"));
                await outbox.AddAsync(db, to, mail, eventId, cancel: cancel);
            }
    }

    // Whoever has it; the team when nobody has it or that person is away; the managers. Somebody always hears of it.
    private async Task<IReadOnlyList<User>> PeopleAsync(PortalDb db, OpenCase open, EscalationAction action, DateTime now, CancellationToken cancel)
    {
        var agents = await db.Set<DeskAgentRow>().AsNoTracking().ToListAsync(cancel);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, format.Zone));
        var away = agents.Where(a => a.IsAway(today)).Select(a => a.UserId).ToHashSet();
        if (action == EscalationAction.AlertAssignee && open.Row.AssigneeId is { } assignee && !away.Contains(assignee)
            && await UsersAsync(db, u => u.Id == assignee, cancel) is { Count: > 0 } one)
            return one;
        if (action != EscalationAction.AlertManager)
        {
            var team = open.Case.Team is { } key ? agents.Where(a => a.TeamKeys.Contains(key) && !away.Contains(a.UserId)).Select(a => a.UserId).ToList() : [];
            if (team.Count > 0 && await UsersAsync(db, u => team.Contains(u.Id), cancel) is { Count: > 0 } members)
                return members;
            if ((await InRoleAsync(db, Roles.Agent, cancel)).Where(u => !away.Contains(u.Id)).ToList() is { Count: > 0 } all)
                return all;
        }
        return await InRoleAsync(db, Roles.Manager, cancel) is { Count: > 0 } managers ? managers : await InRoleAsync(db, Roles.Administrator, cancel);
    }

    private static async Task<IReadOnlyList<User>> UsersAsync(PortalDb db, System.Linq.Expressions.Expression<Func<User, bool>> which, CancellationToken cancel) =>
        await db.Users.AsNoTracking().Where(u => u.DisabledAt == null).Where(which).OrderBy(u => u.Id).ToListAsync(cancel);

    private static Task<IReadOnlyList<User>> InRoleAsync(PortalDb db, string role, CancellationToken cancel) =>
        UsersAsync(db, u => db.Set<IdentityUserRole<Guid>>().Any(ur => ur.UserId == u.Id && db.Roles.Any(r => r.Id == ur.RoleId && r.Name == role)), cancel);
}
