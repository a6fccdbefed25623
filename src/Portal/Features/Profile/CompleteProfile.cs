using Portal.Platform;
using Portal.Rewarding;
using Portal.Ui;
using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace Portal.Features.Profile;

/// <summary>A member fills in a field. The first time, the rules may give something; never again, even when it is emptied and filled anew.</summary>
public sealed class CompleteProfile(Rewards rewards, ProfileFields fields, Format format)
{
    /// <returns>What the rules gave; nothing the second time.</returns>
    public async Task<Result<Benefits>> HandleAsync(MemberId member, string field, ProfileValues typed, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        var account = await work.FindAsync(member, cancel) ?? throw new InvalidOperationException("The signed-in member is gone.");
        if (fields.Write(account.Row, field, typed, format.Day(work.Now)) is { } refusal)
            return refusal;
        account.Row.Version++;
        var given = new Benefits(0, []);
        if (ProfileFields.IsGiven(account.Row, field) && await work.Db.FindAsync<ProfileCompletionRow>([member, field], cancel) is null)
        {
            work.Db.Add(new ProfileCompletionRow { MemberId = member, Field = field, At = work.Now });
            var decided = await rewards.DecideAsync(work, account, new ProfileCompleted
            {
                Reference = $"profile.completed:{member}:{field}",
                Member = member,
                OccurredAt = work.Now,
                Field = field,
            }, cancel);
            given = Benefits.Of(decided.Decision);
        }
        await work.CommitAsync(cancel);
        return given;
    }
}
