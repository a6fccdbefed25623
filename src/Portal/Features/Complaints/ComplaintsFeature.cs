using Portal.Features.Complaints.Ownership;
using Portal.Features.Complaints.Retention;
using Portal.Features.Complaints.Staff;
using Portal.Features.Complaints.Thread;
using Portal.Features.Complaints.Timekeeping;
using Portal.Identity;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Ui;

namespace Portal.Features.Complaints;

/// <summary>Complaints: filing, following and answering them, and the desk that works them.</summary>
internal static class ComplaintsFeature
{
    public static void AddComplaints(this IServiceCollection services)
    {
        services.AddOptions<ComplaintOptions>().BindConfiguration(ComplaintOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<ISeed, SeedServiceRules>();
        services.AddSingleton<ServiceRules>();
        services.AddSingleton<CaseBook>();
        services.AddSingleton<CaseLinks>();
        services.AddSingleton<CaseWords>();
        services.AddSingleton<CaseMails>();
        services.AddSingleton<Compensation>();
        services.AddSingleton<RemedyVouchers>();
        services.AddSingleton<FileComplaint>();
        services.AddSingleton<TakeStep>();
        services.AddSingleton<TickCases>();
        services.AddSingleton<CustomerCases>();
        services.AddSingleton<IOpenComplaints>(s => s.GetRequiredService<CustomerCases>());
        services.AddSingleton<IMemberData, CaseData>();
        services.AddSingleton<DeskQueue>();
        services.AddSingleton<IStartFigures, Staff.OpenCaseFigures>();
        services.AddSingleton<DeskCase>();
        services.AddSingleton<ClaimCases>();
        services.AddSingleton<IdentityCheck>();
        services.AddSingleton<CaseAlerts>();
        services.AddSingleton<CaseTroubles>();
        services.AddHealthChecks().AddCheck<CaseClockHealth>("complaints");
        services.AddSingleton<EraseCases>();
        services.AddSingleton<CaseDrafts>();
        services.AddSingleton<CaseViewers>();
        services.AddSingleton<CaseLive>();
        services.AddDesk();
        services.AddStaffNavigation<ComplaintsTexts>("StaffNav", "/staff/complaints", "inbox", Policies.Desk, 10, 'q');
    }

    public static void MapComplaints(this WebApplication app)
    {
        app.MapCaseFiles();
        app.MapCaseLive();
        Staff.Reports.ReportCsv.MapReportCsv(app);
    }
}
