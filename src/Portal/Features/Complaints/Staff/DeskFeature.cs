using Portal.Features.Complaints.Staff.Approvals;
using Portal.Features.Complaints.Staff.Replies;
using Portal.Features.Complaints.Staff.Reports;
using Portal.Features.Complaints.Staff.Routing;
using Portal.Features.Complaints.Staff.Service;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Features.Complaints.Staff.Visits;

namespace Portal.Features.Complaints.Staff;

/// <summary>What the desk has beside its queue: teams, routing rules.</summary>
internal static class DeskFeature
{
    public static void AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<RoutingFacts>();
        services.AddSingleton<CaseRouter>();
        services.AddSingleton<EditRoutingRules>();
        services.AddSingleton<EditTeams>();
        services.AddSingleton<ReadSurroundings>();
        services.AddSingleton<MergeCases>();
        services.AddSingleton<HandOver>();
        services.AddSingleton<CannedReplies>();
        services.AddSingleton<CaseApprovals>();
        services.AddSingleton<EditCalendars>();
        services.AddSingleton<EditPolicy>();
        services.AddSingleton<AdoptRules>();
        services.AddSingleton<CaseReports>();
        services.AddSingleton<ReportWords>();
        services.AddSingleton<VisitList>();
    }
}
