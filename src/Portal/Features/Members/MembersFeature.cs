using System.ComponentModel.DataAnnotations;
using Portal.Identity;
using Portal.Ui;

namespace Portal.Features.Members;

/// <summary>Section <c>Adjustments</c>: how many points one person may give or take by hand at once.</summary>
public sealed class AdjustmentOptions
{
    public const string Section = "Adjustments";

    /// <summary>Managers and administrators may go beyond it.</summary>
    [Range(0, 1_000_000_000)]
    public long AgentLimit { get; set; } = 500;
}

/// <summary>Staff find a member, see everything on one page, and adjust points.</summary>
internal static class MembersFeature
{
    public static void AddMembers(this IServiceCollection services)
    {
        services.AddOptions<AdjustmentOptions>().BindConfiguration(AdjustmentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<MemberSearch>();
        services.AddSingleton<MemberRecords>();
        services.AddSingleton<AdjustPoints>();
        services.AddSingleton<MergeMembers>();
        services.AddSingleton<IStartFigures, MemberFigures>();
        services.AddStaffNavigation<MembersTexts>("Nav", "/staff/members", "users", Policies.Desk, 20, 'm');
    }
}
