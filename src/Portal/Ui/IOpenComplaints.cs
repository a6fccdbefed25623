using RewardsEngine.Values;

namespace Portal.Ui;

/// <summary>How many complaints of a member are not settled. The home page shows it; the complaints feature answers it.</summary>
public interface IOpenComplaints
{
    Task<int> CountAsync(MemberId member, CancellationToken cancel);
}
