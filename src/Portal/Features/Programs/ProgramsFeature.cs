using Portal.Features.Programs.Backtests;
using Portal.Features.Programs.Codes;
using Portal.Features.Programs.Rules;
using Portal.Features.Programs.Settings;
using Portal.Identity;
using Portal.Ui;

namespace Portal.Features.Programs;

/// <summary>Staff set what the programme gives: its rules, and the programme itself.</summary>
internal static class ProgramsFeature
{
    public static void AddPrograms(this IServiceCollection services)
    {
        services.AddSingleton<RuleQueries>();
        services.AddSingleton<Replay.ReplayDecision>();
        services.AddSingleton<Replay.ReplayRefund>();
        services.AddSingleton<EditRules>();
        services.AddSingleton<ReviewRules>();
        services.AddSingleton<RuleHealth>();
        services.AddSingleton<RuleWords>();
        services.AddSingleton<EditProgramme>();
        services.AddSingleton<CodeBatches>();
        services.AddSingleton<MakeCodes>();
        services.AddSingleton<ManageBacktests>();
        services.AddSingleton<RunBacktests>();
        services.AddStaffNavigation<ProgramTexts>("NavRules", "/staff/rules", "scroll-text", Policies.Rules, 30, 'r');
        services.AddStaffNavigation<ProgramTexts>("NavProgramme", "/staff/programme", "settings", Policies.Management, 34);
    }
}
