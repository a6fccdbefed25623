using Complaints.Cases;
using Portal.Platform;

namespace Portal.Features.Complaints.Thread;

/// <summary>
/// Whether somebody else did something to a case that a person must see before their own step: wrote, or moved it on.
/// What time alone brought, notes, and one's own other page do not stand in the way.
/// </summary>
internal static class Collision
{
    /// <param name="seen">Number of events the person had before their eyes; null when any will do.</param>
    public static Refusal? Of(Case @case, Actor by, int? seen)
    {
        if (seen is not { } version || version >= @case.Version)
            return null;
        var missed = @case.History.Skip(Math.Max(0, version)).Where(e => Matters(e, by)).ToList();
        return missed.Count == 0 ? null
            : missed.Exists(e => e is MessageAdded or DecisionSent or FinalDecisionSent && e.By.IsStaff) ? new Refusal("case.Answered")
            : new Refusal("case.Stale");
    }

    private static bool Matters(CaseEvent happened, Actor by) => happened switch
    {
        NoteAdded or ClockStopped or CaseRated => false,
        _ when happened.By.Kind == ActorKind.System => false,
        _ => happened.By != by,
    };
}
