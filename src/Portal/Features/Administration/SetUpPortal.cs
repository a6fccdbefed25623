using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Portal.Data;
using Portal.Identity;
using Portal.Identity.Accounts;
using Portal.Platform;
using Portal.Rewarding.Programmes;
using RewardsEngine.Values;

namespace Portal.Features.Administration;

public sealed record SetupRequest(string? Code, string? Name, string? Email, string? Password, string? ProgrammeId, string? ProgrammeEn, string Language);

/// <summary>The first administrator and the programme's name, in one transaction, for who holds the code from the console.</summary>
public sealed class SetUpPortal(
    IDbContextFactory<PortalDb> databases, SetupCodes codes, NewAccount accounts, ProgrammeStore programmes, ConfirmationMail confirmation, SignInManager<User> signIn)
{
    public async Task<Result<User>> HandleAsync(SetupRequest request, CancellationToken cancel)
    {
        if (Check(request) is { Count: > 0 } refusals)
            return Result<User>.Refused(refusals);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await SetupCodes.HasAdministratorAsync(db, cancel))
            return new Refusal("setup.done");
        if (!await codes.TakeAsync(db, request.Code, cancel))
            return new Refusal("setup.code", nameof(request.Code));
        var user = accounts.Create(request.Name!.Trim(), EmailAddress.Parse(request.Email!.Trim()).Value, request.Language, request.Password!, emailProven: false);
        db.Add(user);
        await db.SaveChangesAsync(cancel);
        var role = await db.Roles.SingleAsync(r => r.Name == Roles.Administrator, cancel);
        db.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = role.Id });
        var programme = (await programmes.CurrentAsync(db, cancel)).Programme;
        var name = new LocalizedText(request.ProgrammeId!.Trim(), request.ProgrammeEn!.Trim());
        if (programme.Name != name)
            await programmes.PublishAsync(db, [], [], programme with { Name = name }, user.Id, cancel);
        await confirmation.WriteAsync(db, user, cancel); // the mail check: it arrives, or the next page says why not
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await signIn.SignInAsync(user, isPersistent: false);
        return user;
    }

    private static List<Refusal> Check(SetupRequest request)
    {
        var refusals = new List<Refusal>();
        if (StaffNames.Check(request.Name, nameof(request.Name)) is { } name)
            refusals.Add(name);
        if (StaffNames.Check(request.ProgrammeId, nameof(request.ProgrammeId)) is { } indonesian)
            refusals.Add(indonesian);
        if (StaffNames.Check(request.ProgrammeEn, nameof(request.ProgrammeEn)) is { } english)
            refusals.Add(english);
        if (!EmailAddress.TryParse(request.Email?.Trim(), out _))
            refusals.Add(new("email.invalid", nameof(request.Email)));
        if (PasswordRules.Check(request.Password, nameof(request.Password), request.Email, request.Name) is { } password)
            refusals.Add(password);
        return refusals;
    }
}

internal static class StaffNames
{
    public static Refusal? Check(string? name, string field) =>
        string.IsNullOrWhiteSpace(name) ? new("name.missing", field)
        : name.Trim().Length > 100 || !HeaderValue.IsSafe(name.Trim()) ? new("name.unusable", field)
        : null;
}
