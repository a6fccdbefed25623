using Complaints.Cases;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Identity;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Channel = Complaints.Cases.Channel;

namespace Tests.Shared;

/// <summary>A desk at work: agents in teams, and as many cases as asked for, as rows. For the lists, which read nothing else.</summary>
public static class DeskScene
{
    public static readonly IReadOnlyList<string> Teams = ["front", "senior", "billing", "delivery"];

    private static readonly CaseState[] OpenStates =
        [CaseState.Acknowledged, CaseState.Assessed, CaseState.Investigating, CaseState.Investigating, CaseState.WaitingForCustomer, CaseState.DecisionSent];

    /// <summary>Fills the desk; the same seed always gives the same cases.</summary>
    /// <returns>The agents' sign-in addresses.</returns>
    public static async Task<IReadOnlyList<string>> FillDeskAsync(this PortalServer server, int agents, int open, int ended, int members, int seed = 1)
    {
        var chance = new Random(seed);
        var people = await AgentsAsync(server, agents);
        await using var db = server.OpenDatabase();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var team in Teams)
            if (!await db.Set<TeamRow>().AnyAsync(t => t.Key == team))
                db.Add(new TeamRow { Key = team, Name = "Team " + team });
        foreach (var (person, i) in people.Select((p, i) => (p, i)))
            db.Add(new DeskAgentRow { UserId = person.Id, Teams = Teams[i % Teams.Count], Senior = i % 5 == 0 });
        var customers = Enumerable.Range(0, members).Select(_ => A.Member()).ToList();
        foreach (var member in customers)
        {
            db.Add(member);
            db.Add(new WalletRow { MemberId = member.Id });
            db.Add(new MemberCounterRow { MemberId = member.Id, Purchases = chance.Next(90), PurchaseTotal = chance.Next(9_000_000), Complaints = 1 });
        }
        await db.SaveChangesAsync();
        var now = server.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        for (var i = 0; i < open + ended; i++)
            db.Add(CaseOf(i, i < open, customers[chance.Next(members)], people[chance.Next(agents)], now, chance));
        await db.SaveChangesAsync();
        return [.. people.Select(p => p.Email!)];
    }

    private static CaseRow CaseOf(int number, bool open, MemberRow member, User agent, DateTime now, Random chance)
    {
        var filed = now.AddMinutes(-chance.Next(30 * 1440));
        var state = open ? OpenStates[chance.Next(OpenStates.Length)] : CaseState.Closed;
        DateTime? due = !open || state == CaseState.WaitingForCustomer ? null : now.AddMinutes(chance.Next(-2 * 1440, 6 * 1440));
        return new()
        {
            Reference = CaseReference.From((ulong)chance.NextInt64()),
            RequestId = Guid.NewGuid(),
            MemberId = member.Id,
            Language = "id-ID",
            Channel = Channel.Web,
            Category = FileComplaint.Categories[chance.Next(FileComplaint.Categories.Count)],
            Subject = $"Keluhan nomor {number}",
            State = state,
            Priority = (Priority)chance.Next(1, 4),
            IsOpen = open,
            Team = Teams[chance.Next(Teams.Count)],
            AssigneeId = chance.Next(5) == 0 ? null : agent.Id,
            NextDueAt = due,
            QueueAt = due ?? new DateTime(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            CreatedAt = filed,
            UpdatedAt = filed.AddHours(1),
            ClosedAt = open ? null : filed.AddDays(3),
            PolicyVersion = 1,
            CalendarId = ServiceRules.OfficeCalendar,
            CalendarVersion = 1,
        };
    }

    private static async Task<List<User>> AgentsAsync(PortalServer server, int agents)
    {
        using var scope = server.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        List<User> people = [];
        for (var i = 0; i < agents; i++)
        {
            var email = $"desk{i}@staff.test";
            if (await users.FindByEmailAsync(email) is not { } user)
            {
                user = new User { Email = email, UserName = email, Name = $"Petugas {i}", EmailConfirmed = true, CreatedAt = DateTime.UtcNow };
                await users.CreateAsync(user);
                await users.AddToRoleAsync(user, Roles.Agent);
            }
            people.Add(user);
        }
        return people;
    }
}
