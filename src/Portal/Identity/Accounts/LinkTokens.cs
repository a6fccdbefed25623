using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Portal.Identity.Accounts;

/// <summary>Tokens in mailed links. They end with their time, with the use that changes the account, and with a new password.</summary>
public sealed class LinkTokens(UserManager<User> users)
{
    public const string Provider = "link";
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    // The address is part of the purpose: a link proves only the address it was sent to.
    private static string Confirm(User user) => $"confirm:{user.NormalizedEmail}";

    private static string Reset(User user) => $"reset:{user.NormalizedEmail}";

    public Task<string> ForConfirmationAsync(User user) => users.GenerateUserTokenAsync(user, Provider, Confirm(user));

    public Task<bool> ConfirmsAsync(User user, string token) => users.VerifyUserTokenAsync(user, Provider, Confirm(user), token);

    public Task<string> ForResetAsync(User user) => users.GenerateUserTokenAsync(user, Provider, Reset(user));

    public Task<bool> ResetsAsync(User user, string token) => users.VerifyUserTokenAsync(user, Provider, Reset(user), token);
}

internal sealed class LinkTokenProvider(IDataProtectionProvider protection, ILogger<DataProtectorTokenProvider<User>> logger)
    : DataProtectorTokenProvider<User>(protection, Microsoft.Extensions.Options.Options.Create(new DataProtectionTokenProviderOptions { Name = LinkTokens.Provider, TokenLifespan = LinkTokens.Lifetime }), logger);
