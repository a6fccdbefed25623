using System.Security.Claims;
using Complaints.Cases;
using Portal.Identity;

namespace Portal.Features.Complaints.Staff;

/// <summary>What a form of the desk asks for: a command, a duplicate, or a refusal found while reading the form.</summary>
public sealed record DeskStep(string Form, CaseCommand? Command, string? DuplicateOf = null, string? Refusal = null, IReadOnlyList<CheckedFile>? Files = null, object[]? Values = null, bool Ask = false, string? GoTo = null);

/// <summary>What a signed-in member of staff is to a case.</summary>
internal static class StaffActor
{
    public static Actor Of(ClaimsPrincipal user)
    {
        var id = user.UserId()?.ToString() ?? throw new InvalidOperationException("The page is for staff; its policy must say so.");
        return user.IsInRole(Roles.Manager) || user.IsInRole(Roles.Administrator) ? Actor.Manager(id) : Actor.Agent(id);
    }
}
